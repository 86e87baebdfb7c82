package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;

/**
 * How an alarm stands, as far as deployments ask; told by whoever evaluates alarms.
 *
 * @param value {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
 */
public record AlarmState(String name, String value, Instant since) {
  public static final String ALARM = "ALARM";

  /** Keyed by the alarm's name. */
  public static final Kind<AlarmState> KIND =
      Kind.of("alarmState", AlarmState.class, AlarmState::name);

  public boolean isAlarm() {
    return value.equals(ALARM);
  }
}
