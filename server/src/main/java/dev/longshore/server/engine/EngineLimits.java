package dev.longshore.server.engine;

/**
 * What bounds the engine.
 *
 * @param queue commands that may wait; further ones are refused with {@code ThrottlingException}
 * @param commandsPerTurn commands decided in one turn
 * @param changesPerTurn no further command is decided in a turn that made so many changes
 * @param reconcilesPerTurn keys reconciled in one turn; the rest follows in the next
 */
public record EngineLimits(
    int queue, int commandsPerTurn, int changesPerTurn, int reconcilesPerTurn) {
  /** Limits for one machine: a turn stays well below a log entry's 16 MiB. */
  public static final EngineLimits USUAL = new EngineLimits(20_000, 512, 4_000, 4_000);
}
