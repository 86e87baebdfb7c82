package dev.longshore.core.parameter;

import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ssm.HierarchyTypeMismatchException;
import dev.longshore.shapes.ssm.ParameterAlreadyExists;
import dev.longshore.shapes.ssm.ParameterLimitExceeded;
import dev.longshore.shapes.ssm.ParameterMaxVersionLimitExceeded;
import dev.longshore.shapes.ssm.PutParameterRequest;
import dev.longshore.shapes.ssm.PutParameterResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates a parameter, or gives it a new version. */
public final class PutParameter implements Command<PutParameterRequest, PutParameterResult> {
  /** Parameters that one region of an account may have, whatever their tier. */
  static final int MOST = 100_000;

  /** Versions that are kept; the oldest goes when there are more. */
  static final int MOST_VERSIONS = 100;

  private final ParameterSeals seals;

  PutParameter(ParameterSeals seals) {
    this.seals = seals;
  }

  @Override
  public PutParameterResult decide(Draft draft, PutParameterRequest request, Context context) {
    String name = Selector.of(draft, request.name()).name();
    ParameterRules.checkName(name, context);
    StoredParameter before = draft.find(StoredParameter.KIND, name);
    ParameterVersion old = before == null ? null : Selector.newest(draft, before);
    String type = type(request, old);
    ParameterRules.checkValue(request, type);
    checkExistence(draft, request, before, old, type);
    String tier = ParameterRules.tier(request, before != null && before.advanced());
    long number = before == null ? 1 : before.latest() + 1;
    Map<String, String> tags = before == null ? Collections.emptyMap() : before.tags();
    ParameterVersion bare =
        new ParameterVersion(
            name,
            number,
            type,
            Blob.EMPTY,
            request.keyId(),
            request.description() != null || old == null
                ? request.description()
                : old.description(),
            request.allowedPattern(),
            tier,
            "text",
            List.of(),
            context.now(),
            context.caller().arn(),
            null);
    makeRoom(draft, name);
    draft.put(ParameterVersion.KIND, seals.sealed(draft, bare, request.value(), context));
    draft.put(
        StoredParameter.KIND,
        new StoredParameter(
            name,
            number,
            tier.equals(ParameterRules.ADVANCED),
            ParameterRules.tagged(tags, request.tags())));
    return new PutParameterResult(number, tier);
  }

  private static String type(PutParameterRequest request, @Nullable ParameterVersion old) {
    if (request.type() != null) {
      return request.type();
    }
    if (old == null) {
      throw ParameterRules.invalid("A parameter type is required when you create a parameter.");
    }
    return old.type();
  }

  private static void checkExistence(
      Draft draft,
      PutParameterRequest request,
      @Nullable StoredParameter before,
      @Nullable ParameterVersion old,
      String type) {
    boolean overwrite = Boolean.TRUE.equals(request.overwrite());
    if (before == null) {
      if (draft.count(StoredParameter.KIND) >= MOST) {
        throw new ParameterLimitExceeded("You have exceeded the number of parameters.");
      }
      return;
    }
    if (!overwrite) {
      throw new ParameterAlreadyExists(
          "The parameter already exists. To overwrite this value, set the overwrite option in the"
              + " request to true.");
    }
    if (!Given.list(request.tags()).isEmpty()) {
      throw ParameterRules.invalid(
          "Invalid request: tags and overwrite can't be used together. To create a parameter with"
              + " tags, please remove overwrite flag. To update tags for an existing parameter,"
              + " please use AddTagsToResource or RemoveTagsFromResource.");
    }
    if (old != null && !old.type().equals(type)) {
      throw new HierarchyTypeMismatchException(
          "Parameter Store doesn't support changing a parameter type in a hierarchy. For example,"
              + " you can't change a parameter from a String type to a SecureString type. You must"
              + " create a new, unique parameter.");
    }
  }

  private static void makeRoom(Draft draft, String name) {
    if (draft.count(ParameterVersion.BY_PARAMETER, name) < MOST_VERSIONS) {
      return;
    }
    ParameterVersion oldest = draft.by(ParameterVersion.BY_PARAMETER, name).iterator().next();
    if (!oldest.labels().isEmpty()) {
      throw new ParameterMaxVersionLimitExceeded(
          "You attempted to create a new version of "
              + name
              + " by calling the PutParameter API with the overwrite flag. Version "
              + oldest.number()
              + ", the oldest version, can't be deleted because it has a label associated with it."
              + " Move the label to another version of the parameter, and try again.");
    }
    draft.remove(ParameterVersion.KIND, ParameterVersion.KIND.keyOf(oldest));
  }
}
