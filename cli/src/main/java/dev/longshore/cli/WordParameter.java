package dev.longshore.cli;

import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Takes the next word of the command line as it is: among the words of another program are options,
 * such as {@code -h}, that are not ours.
 */
final class WordParameter implements IParameterConsumer {
  @Override
  @SuppressWarnings("JdkObsolete") // The parser's own stack.
  public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
    if (words.isEmpty()) {
      throw new ParameterException(command.commandLine(), option + " needs a word");
    }
    List<String> taken = option.getValue();
    taken.add(words.pop());
  }
}
