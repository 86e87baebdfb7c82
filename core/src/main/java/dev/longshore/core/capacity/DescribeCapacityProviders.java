package dev.longshore.core.capacity;

import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.CapacityProvider;
import dev.longshore.shapes.ecs.DescribeCapacityProvidersRequest;
import dev.longshore.shapes.ecs.DescribeCapacityProvidersResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes capacity providers; without names, all there are, sorted by name. */
public final class DescribeCapacityProviders
    implements Query<DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse> {
  private static final int MOST = 100;
  private static final int PAGE = 10;

  @Override
  public DescribeCapacityProvidersResponse answer(
      View view, DescribeCapacityProvidersRequest request, Context context) {
    List<String> asked = Given.list(request.capacityProviders());
    if (asked.size() > MOST) {
      throw new InvalidParameterException(
          "Capacity providers can not have more than " + MOST + " elements.");
    }
    List<Failure> failures = new ArrayList<>();
    List<String> names =
        asked.isEmpty() ? CapacityProviders.FARGATE : known(asked, context, failures);
    Paging paging =
        Paging.of(
            "DescribeCapacityProviders", request.nextToken(), request.maxResults(), PAGE, PAGE);
    Paging.Page<CapacityProvider> page =
        paging.page(after(names, paging.after()), name -> name, name -> described(name, context));
    return new DescribeCapacityProvidersResponse(page.items(), failures, page.nextToken());
  }

  private static List<String> known(List<String> asked, Context context, List<Failure> failures) {
    Set<String> names = new LinkedHashSet<>();
    for (String nameOrArn : asked) {
      String name = CapacityProviders.name(context.place(), nameOrArn);
      if (CapacityProviders.isFargate(name)) {
        names.add(name);
      } else {
        String arn = Arn.isMeant(name) ? name : CapacityProviders.arn(context.place(), name);
        failures.add(Failure.builder().arn(arn).reason("MISSING").build());
      }
    }
    return List.copyOf(names);
  }

  private static List<String> after(List<String> names, @Nullable String last) {
    return last == null
        ? names
        : names.stream().dropWhile(name -> !name.equals(last)).skip(1).toList();
  }

  /** Those of Fargate cannot be tagged, so their tags are always none. */
  private static CapacityProvider described(String name, Context context) {
    return CapacityProvider.builder()
        .capacityProviderArn(CapacityProviders.arn(context.place(), name))
        .name(name)
        .status("ACTIVE")
        .tags(List.of())
        .type(name)
        .build();
  }
}
