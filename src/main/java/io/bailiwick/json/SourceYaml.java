package io.bailiwick.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Rate;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a source's file, {@code rules/sources/NAME.yaml}; each mistake is told with its place. */
final class SourceYaml {

  /** How many within how long: {@code 600/1m}. */
  private static final Pattern RATE = Pattern.compile("(\\d{1,7})/(\\d{1,4})([smh])");

  /** What a public source may send where its file says nothing. */
  private static final Rate PUBLIC_RATE = new Rate(60, Duration.ofMinutes(1));

  private static final List<String> MEMBERS = List.of("fields", "redirect", "rate", "public");
  private static final List<String> PUBLIC = List.of("origins", "honeypot");

  private final String source;

  private SourceYaml(String source) {
    this.source = source;
  }

  /** Throws IllegalArgumentException that says which line is wrong and what may stand there. */
  static SourceMapping read(String source, String yaml) {
    return new SourceYaml(source).read(yaml);
  }

  private SourceMapping read(String yaml) {
    JsonNode root;
    try {
      root = Json.yaml().readTree(yaml);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new IllegalArgumentException(
          "%s.yaml:%d: %s"
              .formatted(source, at == null ? 1 : at.getLineNr(), e.getOriginalMessage()),
          e);
    }
    knowing(root, MEMBERS, "");
    Map<String, String> targets = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : root.path("fields").properties()) {
      targets.put(member.getKey().toLowerCase(Locale.ROOT), target(member));
    }
    targets.putIfAbsent(SourceMapping.REDIRECT, SourceMapping.IGNORE);
    PublicForm form = root.has("public") ? form(root.get("public")) : null;
    Rate rate = rate(root.path("rate"), form == null ? null : PUBLIC_RATE);
    if (form != null && form.honeypot() != null) {
      targets.putIfAbsent(form.honeypot().toLowerCase(Locale.ROOT), SourceMapping.IGNORE);
    }
    return new SourceMapping(
        source, targets, redirects(root.path("redirect")), form, rate, Set.of());
  }

  private String target(Map.Entry<String, JsonNode> member) {
    String target = member.getValue().asText();
    boolean known =
        LeadField.named(target) != null
            || target.equals(SourceMapping.IGNORE)
            || (target.startsWith(SourceMapping.ATTRIBUTES)
                && target.length() > SourceMapping.ATTRIBUTES.length());
    if (!known) {
      throw wrong(
          "\"%s: %s\" maps to no field; use a field's name, attributes.NAME or ignore"
              .formatted(member.getKey(), target));
    }
    return target;
  }

  private PublicForm form(JsonNode node) {
    knowing(node, PUBLIC, "public.");
    List<String> origins = new ArrayList<>();
    for (JsonNode one : texts(node.path("origins"))) {
      URI origin = web("public.origins", one.asText());
      if (!String.valueOf(origin.getRawPath()).isEmpty() || origin.getRawQuery() != null) {
        throw wrong("public.origins are a scheme and a host, https://www.example.com: " + origin);
      }
      origins.add(one.asText().toLowerCase(Locale.ROOT));
    }
    if (origins.isEmpty()) {
      throw wrong("public needs origins: the sites whose forms may post, https://www.example.com");
    }
    return new PublicForm(origins, node.path("honeypot").textValue());
  }

  private @Nullable Rate rate(JsonNode node, @Nullable Rate standard) {
    if (node.isMissingNode()) {
      return standard;
    }
    Matcher form = RATE.matcher(node.asText());
    if (!form.matches() || Integer.parseInt(form.group(1)) == 0 || form.group(2).matches("0+")) {
      throw wrong("rate is how many leads within how long, such as 600/1m: " + node.asText());
    }
    int per = Integer.parseInt(form.group(2));
    Duration time =
        switch (form.group(3)) {
          case "s" -> Duration.ofSeconds(per);
          case "m" -> Duration.ofMinutes(per);
          default -> Duration.ofHours(per);
        };
    return new Rate(Integer.parseInt(form.group(1)), time);
  }

  private List<URI> redirects(JsonNode node) {
    List<URI> redirects = new ArrayList<>();
    texts(node).forEach(one -> redirects.add(web("redirect", one.asText())));
    return redirects;
  }

  private URI web(String member, String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s.yaml: %s is no URL: %s".formatted(source, member, text), e);
    }
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw wrong("%s must be an http or https URL, not %s".formatted(member, text));
    }
    return uri;
  }

  private void knowing(JsonNode node, List<String> members, String prefix) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.contains(name)) {
                throw wrong(
                    "\"%s%s\" is not known; use %s"
                        .formatted(prefix, name, String.join(", ", members)));
              }
            });
  }

  /** One text or a list of them. */
  private static Iterable<JsonNode> texts(JsonNode node) {
    return node.isTextual() ? List.of(node) : node;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(source + ".yaml: " + what);
  }
}
