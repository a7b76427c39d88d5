package io.bailiwick.drools.facts;

import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Field.Kind;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import io.bailiwick.drools.text.YamlText;
import io.bailiwick.drools.text.YamlText.Member;
import io.bailiwick.lead.Nullable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The business hours that {@code rules/hours.yaml} declares: a zone, the hours of each weekday and
 * the holidays. Pure: the instant is always handed in.
 */
public final class BusinessHours {

  /** The file that declares them. */
  public static final String FILE = "hours.yaml";

  /** What a lead's fields say of the instant it is decided at. */
  public record Moment(String weekday, boolean businessHours, @Nullable Instant opensAt) {}

  /** Longest stretch of closed days that is looked over for the next opening. */
  private static final int LONGEST_CLOSED_DAYS = 400;

  private record Shift(LocalTime from, LocalTime to) {

    boolean holds(LocalTime time) {
      return !time.isBefore(from) && (to.equals(LocalTime.MIDNIGHT) || time.isBefore(to));
    }
  }

  private final ZoneId zone;
  private final Map<DayOfWeek, List<Shift>> week = new EnumMap<>(DayOfWeek.class);
  private final Set<LocalDate> holidays = new HashSet<>();

  private BusinessHours(ZoneId zone) {
    this.zone = zone;
  }

  /** The lead's fields that there are because of the hours. */
  public static List<Field> fields() {
    return List.of(
        new Field(
            "weekday",
            Kind.TEXT,
            false,
            BusinessHours::weekday,
            Arrays.stream(DayOfWeek.values()).map(BusinessHours::name).toList()),
        Field.present("businessHours", Kind.YES_NO),
        Field.optional("opensAt", Kind.INSTANT));
  }

  /** Reads the file; throws {@link Refusal} at its first mistake. */
  public static BusinessHours read(Source source) {
    var yaml = new YamlText(source);
    Map<String, Member> members = yaml.members();
    for (Member member : members.values()) {
      if (!Set.of("zone", "hours", "holidays").contains(member.name())) {
        throw new Refusal(member.at(), "there are zone, hours and holidays, no " + member.name());
      }
    }
    Member zone = members.get("zone");
    Member hours = members.get("hours");
    if (zone == null || hours == null) {
      throw new Refusal(new Span(0, 1), "say the zone and the hours; write zone: Europe/Berlin");
    }
    var read = new BusinessHours(zone(yaml, zone.value()));
    yaml.members(hours.value()).values().forEach(days -> read.days(yaml, days));
    if (read.week.values().stream().allMatch(List::isEmpty)) {
      throw new Refusal(hours.at(), "at least one day has hours; write mon-fri: 09:00-17:00");
    }
    if (members.containsKey("holidays")) {
      yaml.list(members.get("holidays").value()).forEach(node -> read.holiday(yaml, node));
    }
    return read;
  }

  /** What holds at an instant; {@code opensAt} is when they next begin, null while they last. */
  public Moment at(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    boolean open =
        shifts(local.toLocalDate()).stream().anyMatch(shift -> shift.holds(local.toLocalTime()));
    return new Moment(name(local.getDayOfWeek()), open, open ? null : opens(local));
  }

  @Override
  public String toString() {
    return zone + " " + week + " but " + new java.util.TreeSet<>(holidays);
  }

  private @Nullable Instant opens(ZonedDateTime after) {
    LocalDate first = after.toLocalDate();
    for (int i = 0; i <= LONGEST_CLOSED_DAYS; i++) {
      LocalDate day = first.plusDays(i);
      for (Shift shift : shifts(day)) {
        Instant begin = day.atTime(shift.from()).atZone(zone).toInstant();
        if (begin.isAfter(after.toInstant())) {
          return begin;
        }
      }
    }
    return null;
  }

  private List<Shift> shifts(LocalDate day) {
    return holidays.contains(day) ? List.of() : week.getOrDefault(day.getDayOfWeek(), List.of());
  }

  private static ZoneId zone(YamlText yaml, Node node) {
    try {
      return ZoneId.of(yaml.scalar(node));
    } catch (DateTimeException e) {
      throw new Refusal(yaml.at(node), "this is no zone; write for example Europe/Berlin");
    }
  }

  private void days(YamlText yaml, Member member) {
    String[] ends = member.name().toLowerCase(Locale.ROOT).split("-", 2);
    DayOfWeek first = day(ends[0], member.at());
    DayOfWeek last = day(ends[ends.length - 1], member.at());
    List<Shift> shifts = new ArrayList<>();
    for (Node node : yaml.list(member.value())) {
      if (!yaml.scalar(node).equalsIgnoreCase("closed")) {
        shifts.add(shift(yaml, node));
      }
    }
    shifts.sort(Comparator.comparing(Shift::from));
    for (DayOfWeek day = first; ; day = day.plus(1)) {
      if (week.putIfAbsent(day, shifts) != null) {
        throw new Refusal(member.at(), name(day) + " has hours already");
      }
      if (day == last) {
        return;
      }
    }
  }

  private static Shift shift(YamlText yaml, Node node) {
    String[] ends = yaml.scalar(node).split("\\s*-\\s*");
    try {
      LocalTime from = LocalTime.parse(ends[0]);
      LocalTime to = ends[1].equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(ends[1]);
      if (ends.length == 2 && (to.equals(LocalTime.MIDNIGHT) || from.isBefore(to))) {
        return new Shift(from, to);
      }
    } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
      // Told below, with what to write.
    }
    throw new Refusal(yaml.at(node), "write the hours as \"09:00-17:30\", or closed");
  }

  private void holiday(YamlText yaml, Node node) {
    try {
      holidays.add(LocalDate.parse(yaml.scalar(node)));
    } catch (DateTimeException e) {
      throw new Refusal(yaml.at(node), "write a holiday as 2026-12-25");
    }
  }

  private static DayOfWeek day(String word, Span at) {
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = name(day).toLowerCase(Locale.ROOT);
      if (name.equals(word) || name.substring(0, 3).equals(word)) {
        return day;
      }
    }
    throw new Refusal(at, "write days as mon, sat or mon-fri");
  }

  private static @Nullable String weekday(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (name(day).equalsIgnoreCase(text)) {
        return name(day);
      }
    }
    return null;
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
