package io.bailiwick.json;

import io.bailiwick.lead.Nullable;
import java.util.List;
import java.util.Locale;

/**
 * How a browser form may post leads of a source that anybody can reach.
 *
 * @param origins the web origins whose pages may, such as {@code https://www.example.com}
 * @param honeypot a field that people do not see: what fills it is no person; null for none
 */
public record PublicForm(List<String> origins, @Nullable String honeypot) {

  public PublicForm {
    origins = List.copyOf(origins);
  }

  /** Whether pages of this origin may post, as browsers say it. */
  public boolean admits(String origin) {
    return origins.contains(origin.toLowerCase(Locale.ROOT));
  }
}
