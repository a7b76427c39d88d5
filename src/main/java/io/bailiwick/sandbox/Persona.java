package io.bailiwick.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An organisation to begin with: its territories, and the orders that make it what it is. */
public enum Persona {
  /** A root, three regions, and the limits of a small organisation. */
  SMALL("small", 3, "{\"do\":\"setLimits\",\"credits\":55000,\"concurrency\":5}"),
  /** 5,000 territories on 25 pages of 200, in a tree of four levels. */
  LARGE("large", 4_999, "{\"do\":\"setLimits\",\"credits\":5000000,\"concurrency\":25}"),
  /** Territory management is off. */
  FEATURE_OFF("feature-off", 3, "{\"do\":\"setFeature\",\"territories\":false}"),
  /** Territory management is on, but not for leads, which Zoho's support must allow. */
  LEADS_OFF("leads-off", 3, "{\"do\":\"setFeature\",\"leads\":false}");

  /** The id of the API user. */
  public static final String USER = "3652397000000186017";

  private static final Instant CREATED = Instant.parse("2024-03-04T09:00:00Z");
  private static final long FIRST = 3_652_397_000_010_000_000L;
  private static final String SUB_LIMIT = "{\"do\":\"setLimits\",\"subConcurrency\":10}";
  private static final int FAN = 20;

  private final String word;
  private final int below;
  private final String order;

  Persona(String word, int below, String order) {
    this.word = word;
    this.below = below;
    this.order = order;
  }

  /** Its name on the command line, such as {@code feature-off}. */
  public String word() {
    return word;
  }

  /** The persona of that name; null where there is none. */
  public static @Nullable Persona ofWord(String word) {
    return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst().orElse(null);
  }

  /** All names, as a complaint lists them. */
  public static String words() {
    return Arrays.stream(values()).map(Persona::word).collect(Collectors.joining(", "));
  }

  /** A tree of its territories; the API user is a member of the root and may manage them. */
  public TerritoryReading territories() {
    List<Listed> all = new ArrayList<>();
    all.add(listed(0, "Root", null));
    for (int i = 1; i <= below; i++) {
      String name = "Territory %04d".formatted(i);
      all.add(listed(i, name, Long.toString(FIRST + (i - 1) / FAN)));
    }
    return new TerritoryReading(all, Set.of(Long.toString(FIRST)), Flag.YES);
  }

  /** Obeyed at the start and after each reset. */
  public JsonNode orders() {
    ArrayNode orders = Json.mapper().createArrayNode();
    for (String text : new String[] {order, SUB_LIMIT}) {
      try {
        orders.add(Json.mapper().readTree(text));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the orders of " + this + " are not JSON", e);
      }
    }
    return orders;
  }

  private static Listed listed(int number, String name, @Nullable String parent) {
    String manager = number % 2 == 0 ? "Manager %d".formatted(number % 50) : null;
    String id = Long.toString(FIRST + number);
    return new Listed(id, name, parent, manager, Flag.YES, Flag.YES, CREATED, Staff.UNKNOWN);
  }
}
