package dev.longshore.core.secret;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A cron expression as Secrets Manager has them, in UTC: rotations begin on the hour, and in any
 * year. Besides numbers, names, ranges, steps and lists there are {@code L} for the last day of a
 * month, {@code 6L} for its last Friday and {@code 2#1} for its first Monday.
 *
 * @param hours of a day
 * @param days says which days are meant
 */
record RotationCron(NavigableSet<Integer> hours, Predicate<LocalDate> days) {
  private static final Pattern FORM =
      Pattern.compile("cron\\(0 (\\S+) (\\S+) (\\S+) (\\S+) \\*\\)");
  private static final Pattern PART =
      Pattern.compile("(\\*|[0-9A-Z]{1,3}(?:-[0-9A-Z]{1,3})?)?(?:/([0-9]{1,3}))?");
  private static final Pattern NTH = Pattern.compile("([1-7]|[A-Z]{3})#([1-5])");
  private static final Pattern LAST = Pattern.compile("([1-7]|[A-Z]{3})L");
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  /** The first one is day 1. */
  private static final List<String> WEEK = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  /** A day that does not come within so many may never come: 29 February skips 1900 at most. */
  private static final int FARTHEST_DAYS = 366 * 9;

  /** The expression; empty where it is none. */
  static Optional<RotationCron> of(String expression) {
    var fields = FORM.matcher(expression.toUpperCase(Locale.ROOT).replaceFirst("^CRON", "cron"));
    if (!fields.matches()) {
      return Optional.empty();
    }
    try {
      String ofMonth = fields.group(2);
      String ofWeek = fields.group(4);
      if (ofMonth.equals("?") == ofWeek.equals("?")) {
        return Optional.empty();
      }
      NavigableSet<Integer> months = numbers(fields.group(3), 1, 12, MONTHS);
      Predicate<LocalDate> day = ofWeek.equals("?") ? ofMonth(ofMonth) : ofWeek(ofWeek);
      return Optional.of(
          new RotationCron(
              numbers(fields.group(1), 0, 23, List.of()),
              day.and(date -> months.contains(date.getMonthValue()))));
    } catch (NumberFormatException noExpression) {
      // The caller tells whoever wrote it.
      return Optional.empty();
    }
  }

  /** The first time after that one. */
  Optional<Instant> after(Instant from) {
    LocalDate today = from.atZone(ZoneOffset.UTC).toLocalDate();
    int hour = from.atZone(ZoneOffset.UTC).getHour();
    Integer later = days.test(today) ? hours.higher(hour) : null;
    if (later != null) {
      return Optional.of(today.atTime(later, 0).toInstant(ZoneOffset.UTC));
    }
    for (int ahead = 1; ahead <= FARTHEST_DAYS; ahead++) {
      LocalDate date = today.plusDays(ahead);
      if (days.test(date)) {
        return Optional.of(date.atTime(hours.first(), 0).toInstant(ZoneOffset.UTC));
      }
    }
    return Optional.empty();
  }

  private static Predicate<LocalDate> ofMonth(String field) {
    if (field.equals("L")) {
      return date -> date.getDayOfMonth() == date.lengthOfMonth();
    }
    NavigableSet<Integer> days = numbers(field, 1, 31, List.of());
    return date -> days.contains(date.getDayOfMonth());
  }

  private static Predicate<LocalDate> ofWeek(String field) {
    var nth = NTH.matcher(field);
    if (nth.matches()) {
      int day = number(nth.group(1), WEEK, 1);
      int week = Integer.parseInt(nth.group(2));
      return date -> weekday(date) == day && (date.getDayOfMonth() + 6) / 7 == week;
    }
    var last = LAST.matcher(field);
    if (last.matches()) {
      int day = number(last.group(1), WEEK, 1);
      return date ->
          date.equals(date.with(TemporalAdjusters.lastInMonth(date.getDayOfWeek())))
              && weekday(date) == day;
    }
    NavigableSet<Integer> days = numbers(field, 1, 7, WEEK);
    return date -> days.contains(weekday(date));
  }

  private static int weekday(LocalDate date) {
    return date.getDayOfWeek().getValue() % 7 + 1;
  }

  /** The numbers that a field means, of which there is one at least. */
  private static NavigableSet<Integer> numbers(
      String field, int least, int most, List<String> names) {
    NavigableSet<Integer> numbers = new TreeSet<>();
    for (String text : field.split(",", -1)) {
      var part = PART.matcher(text);
      if (!part.matches() || text.isEmpty()) {
        throw new NumberFormatException(text);
      }
      String range = part.group(1) == null || part.group(1).equals("*") ? "" : part.group(1);
      int dash = range.indexOf('-');
      boolean open = range.isEmpty() || (dash < 0 && part.group(2) != null);
      int step = part.group(2) == null ? 1 : Integer.parseInt(part.group(2));
      int first =
          range.isEmpty()
              ? least
              : number(dash < 0 ? range : range.substring(0, dash), names, least);
      int last = open ? most : number(range.substring(dash + 1), names, least);
      if (first < least || last > most || first > last || step < 1) {
        throw new NumberFormatException(text);
      }
      for (int number = first; number <= last; number += step) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static int number(String text, List<String> names, int first) {
    int name = names.indexOf(text);
    return name < 0 ? Integer.parseInt(text) : name + first;
  }
}
