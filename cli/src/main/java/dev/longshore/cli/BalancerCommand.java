package dev.longshore.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Load balancers of a running control plane. */
@Command(
    name = "lb",
    description = "Lists load balancers.",
    mixinStandardHelpOptions = true,
    subcommands = {BalancerListCommand.class})
final class BalancerCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
