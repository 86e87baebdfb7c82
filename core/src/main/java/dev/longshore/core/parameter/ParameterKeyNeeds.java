package dev.longshore.core.parameter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.key.KeyRights;
import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ssm.GetParameterHistoryRequest;
import dev.longshore.shapes.ssm.GetParameterRequest;
import dev.longshore.shapes.ssm.GetParametersByPathRequest;
import dev.longshore.shapes.ssm.GetParametersRequest;
import dev.longshore.shapes.ssm.PutParameterRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rights on users' keys that reading and writing SecureStrings needs. */
final class ParameterKeyNeeds {
  private ParameterKeyNeeds() {}

  /** Those of a call; nothing where what it names is not there, which the action finds out. */
  static List<Need> of(Shape input, View view, Context context) {
    return switch (input) {
      case PutParameterRequest request -> toWrite(request, view, context);
      case GetParameterRequest request ->
          reading(request.withDecryption(), named(view, List.of(request.name())), view, context);
      case GetParametersRequest request ->
          reading(request.withDecryption(), named(view, request.names()), view, context);
      case GetParametersByPathRequest request ->
          reading(
              request.withDecryption(),
              () -> GetParametersByPath.page(view, request).items(),
              view,
              context);
      case GetParameterHistoryRequest request ->
          reading(
              request.withDecryption(),
              () -> GetParameterHistory.page(view, request).items(),
              view,
              context);
      default -> List.of();
    };
  }

  /** Versions, which are looked for only where their values are shown. */
  private interface Shown {
    List<ParameterVersion> versions();
  }

  private static Shown named(View view, List<String> names) {
    return () -> {
      List<ParameterVersion> versions = new ArrayList<>();
      for (String name : names) {
        try {
          versions.add(Selector.of(view, name).version(view));
        } catch (ServiceException none) {
          // Others of the names may mean versions, so this one alone is left out.
        }
      }
      return versions;
    };
  }

  private static List<Need> reading(
      @Nullable Boolean decrypted, Shown shown, View view, Context context) {
    List<Need> needs = new ArrayList<>();
    if (!Boolean.TRUE.equals(decrypted)) {
      return needs;
    }
    try {
      for (ParameterVersion version : shown.versions()) {
        needs.addAll(on("kms:Decrypt", version.sealedUnder(), version.parameter(), view, context));
      }
    } catch (ServiceException invalid) {
      // The action itself finds that out, and tells only who may ask.
      return List.of();
    }
    return needs;
  }

  /** Standard values are encrypted by KMS itself, advanced ones under a key of their own. */
  private static List<Need> toWrite(PutParameterRequest request, View view, Context context) {
    String name = Selector.of(view, request.name()).name();
    StoredParameter before = view.find(StoredParameter.KIND, name);
    boolean advanced =
        ParameterRules.ADVANCED.equals(request.tier())
            || (before != null && before.advanced())
            || request.value().getBytes(UTF_8).length > ParameterRules.STANDARD_BYTES;
    String action = advanced ? "kms:GenerateDataKey" : "kms:Encrypt";
    return on(action, request.keyId(), name, view, context);
  }

  private static List<Need> on(
      String action, @Nullable String key, String name, View view, Context context) {
    return KeyRights.through(
        "ssm",
        view,
        key,
        Collections.singletonMap("PARAMETER_ARN", ParameterAnswers.arn(name, context)),
        context,
        List.of(action));
  }
}
