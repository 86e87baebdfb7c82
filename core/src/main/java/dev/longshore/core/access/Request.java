package dev.longshore.core.access;

import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Place;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentLifecycleHook;
import dev.longshore.shapes.ecs.LoadBalancer;
import dev.longshore.shapes.ecs.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request's members by name, for what many operations have alike. */
record Request(Shape shape, Place place) {
  @Nullable Object member(String name) {
    Member member = shape.schema().named(name);
    return member == null ? null : shape.member(member.index());
  }

  @Nullable String text(String name) {
    return member(name) instanceof String text && !text.isEmpty() ? text : null;
  }

  /** The texts of a list; empty where it is absent or is none of texts. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (member(name) instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  /** Whether the operation has a member of that name at all. */
  boolean has(String name) {
    return shape.schema().named(name) != null;
  }

  /** The capacity providers that the request names. */
  List<String> providers() {
    List<String> names = new ArrayList<>(texts("capacityProviders"));
    if (member("capacityProviderStrategy") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof CapacityProviderStrategyItem item) {
          names.add(item.capacityProvider());
        }
      }
    }
    return names;
  }

  /** The roles that a service's hooks and load balancers are to be used with. */
  List<String> roles() {
    List<String> roles = new ArrayList<>();
    if (member("deploymentConfiguration") instanceof DeploymentConfiguration configuration) {
      for (DeploymentLifecycleHook hook : Given.list(configuration.lifecycleHooks())) {
        roles.add(orEmpty(hook.roleArn()));
      }
    }
    if (member("loadBalancers") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof LoadBalancer balancer && balancer.advancedConfiguration() != null) {
          roles.add(orEmpty(balancer.advancedConfiguration().roleArn()));
        }
      }
    }
    return roles;
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    if (member("tags") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Tag tag && tag.key() != null) {
          tags.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
      }
    }
    return tags;
  }

  /** The name of the cluster that is meant. */
  String cluster() {
    String given = text("cluster");
    if (given == null) {
      given = text("clusterName");
    }
    return given == null ? "default" : last(given);
  }

  String clusterArn() {
    return place.ecs("cluster/" + cluster());
  }

  /** The ARN of something within the cluster, named by its name, id or ARN. */
  String inCluster(String type, String nameOrArn) {
    return nameOrArn.startsWith("arn:")
        ? nameOrArn
        : place.ecs(type + '/' + cluster() + '/' + nameOrArn);
  }

  private static String last(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }
}
