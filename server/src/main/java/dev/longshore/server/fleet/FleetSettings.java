package dev.longshore.server.fleet;

import java.time.Duration;

/**
 * The times of agents' sessions. The usual ones are those the official agent was seen to expect.
 *
 * @param heartbeat between two heartbeats; an agent reconnects after 60 s of silence
 * @param heartbeatAnswer an agent of protocol 2 that does not answer for so long is cut off
 * @param life of one connection; then it is closed with code 1000 and the agent comes again
 * @param resend of a payload that was not acknowledged
 * @param roleLife of the credentials of a task's role; they are renewed when half of it is over
 * @param reconnectGrace after a start of the server, before agents that were connected and have not
 *     come back count as disconnected
 */
public record FleetSettings(
    Duration heartbeat,
    Duration heartbeatAnswer,
    Duration life,
    Duration resend,
    Duration roleLife,
    Duration reconnectGrace) {
  /** Times for production. */
  public static final FleetSettings USUAL =
      new FleetSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(90),
          Duration.ofMinutes(30),
          Duration.ofSeconds(30),
          Duration.ofHours(6),
          Duration.ofSeconds(10));

  /** Between two looks at what of roles is due: often where credentials live briefly. */
  Duration roleLook() {
    Duration tenth = roleLife.dividedBy(10);
    return tenth.compareTo(resend) < 0 ? tenth : resend;
  }

  /** With credentials of tasks' roles that live so long. */
  public FleetSettings withRoleLife(Duration time) {
    return new FleetSettings(heartbeat, heartbeatAnswer, life, resend, time, reconnectGrace);
  }
}
