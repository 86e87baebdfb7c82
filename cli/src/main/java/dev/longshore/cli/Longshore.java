package dev.longshore.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code longshore} command: Amazon ECS on your own machines. */
@Command(
    name = "longshore",
    description = "Amazon ECS on your own machines.",
    mixinStandardHelpOptions = true,
    version = "longshore 0.1.0",
    footer = {
      "",
      "Two more are the launcher's own:",
      "  build   builds the program",
      "  test    runs every test, end to end ones included"
    },
    subcommands = {
      UpCommand.class,
      EnvCommand.class,
      DemoCommand.class,
      ExplainCommand.class,
      PlaceCommand.class,
      WatchCommand.class,
      ServerCommand.class,
      AgentCommand.class,
      GatewayCommand.class,
      ImageCommand.class,
      BalancerCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Longshore implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Runs one command and exits with its status: 0, 1 for a failure, 2 for a wrong call. */
  public static void main(String[] arguments) {
    Logs.configure();
    System.exit(commandLine().execute(arguments));
  }

  /** The command, to be given words; its status is 0, 1 for a failure, 2 for a wrong call. */
  static CommandLine commandLine() {
    return new CommandLine(new Longshore()).setExecutionExceptionHandler(Longshore::failed);
  }

  /** One line for what the user can mend; the log has the rest. */
  private static int failed(
      Exception fault, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    err.println("longshore: " + Failures.text(fault));
    err.flush();
    Logs.debug(fault);
    return 1;
  }
}
