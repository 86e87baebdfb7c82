package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Needs;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.secretsmanager.BatchGetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.CreateSecretRequest;
import dev.longshore.shapes.secretsmanager.GetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.PutSecretValueRequest;
import dev.longshore.shapes.secretsmanager.RotateSecretRequest;
import dev.longshore.shapes.secretsmanager.Tag;
import dev.longshore.shapes.secretsmanager.TagResourceRequest;
import dev.longshore.shapes.secretsmanager.UntagResourceRequest;
import dev.longshore.shapes.secretsmanager.UpdateSecretRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rights that actions on secrets need: on the secret, under the secret's own policy. */
final class SecretNeeds implements Needs {
  private static final String PREFIX = "secretsmanager:";

  @Override
  public List<Need> of(String action, Shape input, View view, Context context) {
    return switch (input) {
      case CreateSecretRequest request -> creation(action, request, view, context);
      case PutSecretValueRequest request ->
          with(
              on(action, request.secretId(), view, context),
              SecretKeyNeeds.toWrite(view, request.secretId(), null, context));
      case UpdateSecretRequest request ->
          with(
              on(action, request.secretId(), view, context),
              changesValue(request)
                  ? SecretKeyNeeds.toWrite(view, request.secretId(), request.kmsKeyId(), context)
                  : List.of());
      case BatchGetSecretValueRequest request -> batch(action, request, view, context);
      case GetSecretValueRequest request ->
          with(
              on(action, request.secretId(), view, context)
                  .with(PREFIX + "VersionId", request.versionId())
                  .with(PREFIX + "VersionStage", request.versionStage()),
              SecretKeyNeeds.toRead(
                  view, request.secretId(), request.versionId(), request.versionStage(), context));
      case RotateSecretRequest request -> rotation(action, request, view, context);
      case TagResourceRequest request ->
          List.of(
              on(action, request.secretId(), view, context).withRequestTags(tags(request.tags())));
      case UntagResourceRequest request ->
          List.of(on(action, request.secretId(), view, context).withTagKeys(request.tagKeys()));
      default -> {
        String id = secretId(input);
        yield List.of(
            id == null ? Need.of(action, Need.EVERYTHING) : on(action, id, view, context));
      }
    };
  }

  /** Who has a function rotate a secret must be allowed to have it called. */
  private static List<Need> rotation(
      String action, RotateSecretRequest request, View view, Context context) {
    String function = request.rotationLambdaARN();
    Need need = on(action, request.secretId(), view, context);
    return function == null || function.isEmpty()
        ? List.of(need)
        : List.of(
            need.with(PREFIX + "RotationLambdaARN", function),
            Need.of("lambda:InvokeFunction", function));
  }

  private static List<Need> batch(
      String action, BatchGetSecretValueRequest request, View view, Context context) {
    List<Need> needs = new ArrayList<>();
    needs.add(Need.of(action, Need.EVERYTHING));
    if (request.filters() != null) {
      needs.add(Need.of(PREFIX + "ListSecrets", Need.EVERYTHING));
      needs.add(Need.of(PREFIX + "GetSecretValue", Need.EVERYTHING));
      for (Secret secret : BatchGetSecretValue.page(view, request, context).secrets()) {
        needs.addAll(SecretKeyNeeds.toRead(view, secret.name(), null, null, context));
      }
    }
    for (String id : Given.list(request.secretIdList())) {
      needs.add(on(PREFIX + "GetSecretValue", id, view, context));
      needs.addAll(SecretKeyNeeds.toRead(view, id, null, null, context));
    }
    return needs;
  }

  private static List<Need> with(Need first, List<Need> more) {
    List<Need> needs = new ArrayList<>();
    needs.add(first);
    needs.addAll(more);
    return needs;
  }

  private static List<Need> creation(
      String action, CreateSecretRequest request, View view, Context context) {
    Need need =
        Need.of(action, arn(request.name(), context))
            .with(PREFIX + "Name", request.name())
            .withRequestTags(tags(request.tags()));
    boolean empty = request.secretString() == null && request.secretBinary() == null;
    return with(
        need,
        empty
            ? List.of()
            : SecretKeyNeeds.of(
                view,
                request.kmsKeyId(),
                arn(request.name(), context),
                context,
                SecretKeyNeeds.WRITING));
  }

  private static boolean changesValue(UpdateSecretRequest request) {
    return request.secretString() != null
        || request.secretBinary() != null
        || request.kmsKeyId() != null;
  }

  private static Need on(String action, String id, View view, Context context) {
    Secret secret = Secrets.find(view, id);
    if (secret == null) {
      return Need.of(action, Arn.isMeant(id) ? id : arn(id, context)).with(PREFIX + "SecretId", id);
    }
    return Need.of(action, secret.arn())
        .with(PREFIX + "SecretId", secret.arn())
        .withResourceTags(secret.tags())
        .under(secret.policy());
  }

  private static String arn(String name, Context context) {
    return "arn:"
        + context.place().partition()
        + ":secretsmanager:"
        + context.place().region()
        + ':'
        + context.place().accountId()
        + ":secret:"
        + name;
  }

  private static @Nullable String secretId(Shape input) {
    for (Member member : input.schema().members()) {
      if (member.wireName().equals("SecretId")) {
        return (String) input.member(member.index());
      }
    }
    return null;
  }

  private static Map<String, String> tags(@Nullable List<Tag> given) {
    Map<String, String> tags = new TreeMap<>();
    for (Tag tag : Given.list(given)) {
      tags.put(Given.text(tag.key()), Given.text(tag.value()));
    }
    return tags;
  }
}
