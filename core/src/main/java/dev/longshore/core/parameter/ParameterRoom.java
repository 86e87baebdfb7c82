package dev.longshore.core.parameter;

import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Vault;

/** Registers the actions of the Parameter Store. */
public final class ParameterRoom {
  private ParameterRoom() {}

  /** Registers them. */
  public static void register(Operations operations, Vault vault) {
    ParameterSeals seals = new ParameterSeals(vault);
    ParameterAnswers answers = new ParameterAnswers(seals);
    operations.command("PutParameter", new PutParameter(seals));
    operations.query("GetParameter", new GetParameter(answers));
    operations.query("GetParameters", new GetParameters(answers));
    operations.query("GetParametersByPath", new GetParametersByPath(answers));
    operations.query("GetParameterHistory", new GetParameterHistory(answers));
    operations.query("DescribeParameters", new DescribeParameters());
    operations.command("DeleteParameter", new DeleteParameter());
    operations.command("DeleteParameters", new DeleteParameters());
    operations.command("LabelParameterVersion", new LabelParameterVersion());
    operations.command("UnlabelParameterVersion", new UnlabelParameterVersion());
    operations.command("AddTagsToResource", new AddTagsToResource());
    operations.command("RemoveTagsFromResource", new RemoveTagsFromResource());
    operations.query("ListTagsForResource", new ListTagsForResource());
    operations.needs(new ParameterNeeds());
  }
}
