package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListAttributesRequest;
import dev.longshore.shapes.ecs.ListAttributesResponse;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Lists the attributes of a cluster's registered instances, by exact name and value if given. */
public final class ListAttributes implements Query<ListAttributesRequest, ListAttributesResponse> {
  private static final int PAGE = 100;

  @Override
  public ListAttributesResponse answer(View view, ListAttributesRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    if (!request.targetType().equals(AttributeTargets.TYPE)) {
      throw new InvalidParameterException(
          "targetType should be one of [" + AttributeTargets.TYPE + "]");
    }
    if (request.attributeValue() != null && request.attributeName() == null) {
      throw new InvalidParameterException("An attributeValue needs an attributeName.");
    }
    Paging paging =
        Paging.of("ListAttributes", request.nextToken(), request.maxResults(), PAGE, PAGE);
    Paging.Page<Attribute> page =
        paging.page(
            () -> attributes(view, cluster, paging.after()).iterator(),
            ListAttributes::key,
            attribute -> matches(attribute, request) ? attribute : null);
    return new ListAttributesResponse(page.items(), page.nextToken());
  }

  private static String key(Attribute attribute) {
    return Given.text(attribute.targetId()) + ' ' + attribute.name();
  }

  private static boolean matches(Attribute attribute, ListAttributesRequest request) {
    return (request.attributeName() == null || request.attributeName().equals(attribute.name()))
        && (request.attributeValue() == null
            || request.attributeValue().equals(Given.text(attribute.value())));
  }

  /** Lazily: the rest of the instance at which the page before ended, then those after it. */
  private static Stream<Attribute> attributes(View view, Cluster cluster, @Nullable String after) {
    String arn = after == null ? null : after.substring(0, Math.max(0, after.indexOf(' ')));
    ContainerInstance begun = arn == null ? null : view.find(ContainerInstance.KIND, arn);
    Iterable<ContainerInstance> rest = view.by(ContainerInstance.BY_CLUSTER, cluster.arn(), arn);
    return Stream.concat(Stream.ofNullable(begun), StreamSupport.stream(rest.spliterator(), false))
        .filter(instance -> !instance.isInactive())
        .flatMap(instance ->
            instance.attributes().stream()
                .map(attribute -> AttributeTargets.of(instance, attribute)))
        .filter(attribute -> after == null || key(attribute).compareTo(after) > 0);
  }
}
