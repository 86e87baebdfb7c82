package dev.longshore.core.access;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.model.RegistrySetting;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Needs;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What callers of ECR need to be allowed: the action on the repository, under its policy and that
 * of the registry.
 */
public final class EcrNeeds implements Needs {
  /** What policies of registries were about before their scope could be widened. */
  private static final List<String> FIRST_SCOPE =
      List.of("ReplicateImage", "BatchImportUpstreamImage", "CreateRepository");

  @Override
  public List<Need> of(String action, Shape input, View view, Context context) {
    // Nobody can lock the account out of the policy itself.
    if (context.caller().isRoot() && action.endsWith("RepositoryPolicy")) {
      return List.of();
    }
    Request request = new Request(input, context.place());
    List<String> names = new ArrayList<>(request.texts("repositoryNames"));
    String name = request.text("repositoryName");
    if (name != null) {
      names.add(name);
    }
    List<Need> needs = new ArrayList<>();
    for (String each : names) {
      needs.add(need(view, context.place(), each, action));
    }
    String arn = request.text("resourceArn");
    if (arn != null) {
      String repository = arn.substring(arn.indexOf('/') + 1);
      needs.add(need(view, context.place(), repository, action));
    }
    return needs.isEmpty() ? List.of(Need.of(action, Need.EVERYTHING)) : needs;
  }

  /**
   * The action on that repository, which need not be there yet.
   *
   * @param action for example {@code ecr:PutImage}
   */
  public static Need need(View view, Place place, String repository, String action) {
    ImageRepository row = view.find(ImageRepository.KIND, repository);
    String arn =
        "arn:"
            + place.partition()
            + ":ecr:"
            + place.region()
            + ':'
            + place.accountId()
            + ":repository/"
            + repository;
    return Need.of(action, arn)
        .under(row == null ? null : text(row.policy()))
        .under(text(registrys(view, action)));
  }

  private static @Nullable String text(@Nullable RepositoryPolicy policy) {
    return policy == null ? null : policy.text();
  }

  private static @Nullable RepositoryPolicy registrys(View view, String action) {
    RegistrySetting scope = view.find(RegistrySetting.KIND, "REGISTRY_POLICY_SCOPE");
    boolean first = scope != null && scope.value().equals("V1");
    String name = action.substring(action.indexOf(':') + 1);
    return first && !FIRST_SCOPE.contains(name) ? null : RegistryConfiguration.of(view).policy();
  }
}
