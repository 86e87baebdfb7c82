package dev.longshore.core.setting;

import java.util.List;
import java.util.Optional;

/**
 * An account setting that ECS has.
 *
 * @param values what it may be set to; the first one holds where nobody set it
 * @param managed whether AWS keeps it to itself, so that users can only read it
 */
record KnownSetting(String name, List<String> values, boolean managed) {
  /** In the order of the API's model. */
  static final List<KnownSetting> ALL =
      List.of(
          // Short ARNs cannot be asked for any more.
          of("serviceLongArnFormat", "enabled"),
          of("taskLongArnFormat", "enabled"),
          of("containerInstanceLongArnFormat", "enabled"),
          of("awsvpcTrunking", "disabled", "enabled"),
          of("containerInsights", "disabled", "enabled", "enhanced"),
          of("fargateFIPSMode", "disabled", "enabled"),
          of("tagResourceAuthorization", "on", "off"),
          of("fargateTaskRetirementWaitPeriod", "7", "0", "14"),
          new KnownSetting("guardDutyActivate", List.of("off", "on"), true),
          of("defaultLogDriverMode", "non-blocking", "blocking"),
          of("fargateEventWindows", "disabled", "enabled"));

  private static KnownSetting of(String name, String... values) {
    return new KnownSetting(name, List.of(values), false);
  }

  static Optional<KnownSetting> named(String name) {
    return ALL.stream().filter(setting -> setting.name.equals(name)).findFirst();
  }

  /** All names, joined by commas. */
  static String names() {
    return String.join(",", ALL.stream().map(KnownSetting::name).toList());
  }

  /** The value that holds where nobody set one. */
  String usual() {
    return values.getFirst();
  }
}
