package dev.longshore.core.cluster;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.setting.AccountSettings;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ClusterSetting;
import dev.longshore.shapes.ecs.ClusterSettingName;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a cluster; {@code containerInsights} is the only one there is. */
final class ClusterSettings {
  private static final List<String> INSIGHTS = List.of("enhanced", "enabled", "disabled");

  private ClusterSettings() {}

  /** Those of a new cluster: what the request sets, else what the account's settings say. */
  static List<ClusterSetting> forNewCluster(
      View view, Context context, @Nullable List<ClusterSetting> asked) {
    String name = ClusterSettingName.CONTAINER_INSIGHTS;
    String usual = AccountSettings.effective(view, context, name);
    return replaced(List.of(new ClusterSetting(name, usual)), asked);
  }

  /**
   * Replaces the settings that are named and keeps the others.
   *
   * @throws InvalidParameterException a name or a value is not one that there is
   */
  static List<ClusterSetting> replaced(
      List<ClusterSetting> settings, @Nullable List<ClusterSetting> asked) {
    List<ClusterSetting> all = new ArrayList<>(settings);
    for (ClusterSetting setting : Given.list(asked)) {
      check(setting);
      all.removeIf(old -> String.valueOf(old.name()).equals(setting.name()));
      all.add(setting);
    }
    return List.copyOf(all);
  }

  private static void check(ClusterSetting setting) {
    if (!ClusterSettingName.VALUES.contains(String.valueOf(setting.name()))) {
      throw new InvalidParameterException("Invalid setting 'name'");
    }
    if (!INSIGHTS.contains(String.valueOf(setting.value()))) {
      throw new InvalidParameterException("Invalid setting 'value'");
    }
  }
}
