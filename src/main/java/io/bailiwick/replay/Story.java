package io.bailiwick.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Lead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happens to leads as time goes by: posts, events in the CRM, and what is expected when.
 *
 * @param place the file
 * @param why what would go wrong without what it shows
 * @param start the instant of {@code PT0S}
 * @param steps in the order of their time
 */
public record Story(String place, String name, String why, Instant start, List<Step> steps) {

  /** Something that happens so long after the start. */
  public sealed interface Step {

    /** How long after the start. */
    Duration at();

    /** A lead comes in; {@code as} is its name in later steps, its CRM id where none is given. */
    record Post(Duration at, String as, Lead lead, String body) implements Step {}

    /** Something happens in the CRM; a command of the sandbox, or several. */
    record Event(Duration at, JsonNode command) implements Step {}

    /** Leads, by their name in this story, must stand so. */
    record Expect(Duration at, Map<String, Expectation> leads) implements Step {}
  }
}
