package dev.longshore.core.service;

import dev.longshore.core.model.AlarmState;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.List;

/**
 * Takes in that an alarm changed. No action of ECS: the door for whoever evaluates alarms, through
 * which deployments that watch one learn of it in the same turn.
 */
public final class ReportAlarmState implements Command<ReportAlarmState.Report, AlarmState> {
  private static final int LONGEST_NAME = 255;
  private static final List<String> VALUES = List.of("OK", "ALARM", "INSUFFICIENT_DATA");

  /**
   * What is told.
   *
   * @param alarm its name, 1 to 255 characters
   * @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
   */
  public record Report(String alarm, String state) {}

  /**
   * @throws InvalidParameterException the name or the state is none
   */
  @Override
  public AlarmState decide(Draft draft, Report report, Context context) {
    if (report.alarm().isEmpty() || report.alarm().length() > LONGEST_NAME) {
      throw new InvalidParameterException("An alarm's name has 1 to 255 characters.");
    }
    if (!VALUES.contains(report.state())) {
      throw new InvalidParameterException(
          "The state of an alarm should be one of [" + String.join(",", VALUES) + ']');
    }
    AlarmState before = draft.find(AlarmState.KIND, report.alarm());
    if (before != null && before.value().equals(report.state())) {
      return before;
    }
    AlarmState after = new AlarmState(report.alarm(), report.state(), context.now());
    draft.put(AlarmState.KIND, after);
    return after;
  }
}
