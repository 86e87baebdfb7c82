package dev.longshore.gateway.feed;

import dev.longshore.gateway.feed.FeedMessage.Update;
import dev.longshore.gateway.route.LoadBalancer;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.RoutesJson;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.wire.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Routes in parts, a load balancer or a target group each, with digests by which two ends find out
 * what of them differs. Immutable; what is derived from older parts shares all that is equal.
 */
public final class Parts {
  private static final String BALANCER = "balancer ";
  private static final String GROUP = "group ";
  private static final Parts NONE = new Parts(new TreeMap<>());

  /**
   * One part: exactly one of balancer and group is there.
   *
   * @param size of its JSON, in characters
   */
  private record Part(
      @Nullable LoadBalancer balancer,
      @Nullable TargetGroup group,
      Json json,
      int size,
      String digest) {
    static Part of(@Nullable LoadBalancer balancer, @Nullable TargetGroup group, Json json) {
      String text = json.write();
      return new Part(balancer, group, json, text.length(), Parts.digest(text));
    }
  }

  private final NavigableMap<String, Part> parts;

  private Parts(NavigableMap<String, Part> parts) {
    this.parts = parts;
  }

  public static Parts none() {
    return NONE;
  }

  /** The parts of routes; those that {@code before} has are taken over. */
  public static Parts of(Routes routes, Parts before) {
    NavigableMap<String, Part> parts = new TreeMap<>();
    for (LoadBalancer each : routes.loadBalancers()) {
      String key = BALANCER + each.name();
      Part known = before.parts.get(key);
      parts.put(
          key,
          known != null && each.equals(known.balancer)
              ? known
              : Part.of(each, null, RoutesJson.of(each)));
    }
    for (TargetGroup each : routes.targetGroups()) {
      String key = GROUP + each.arn();
      Part known = before.parts.get(key);
      parts.put(
          key,
          known != null && each.equals(known.group)
              ? known
              : Part.of(null, each, RoutesJson.of(each)));
    }
    return new Parts(parts);
  }

  /** The routes that these parts make. */
  public Routes routes(long version) {
    List<LoadBalancer> balancers = new ArrayList<>();
    List<TargetGroup> groups = new ArrayList<>();
    for (Part each : parts.values()) {
      if (each.balancer != null) {
        balancers.add(each.balancer);
      }
      if (each.group != null) {
        groups.add(each.group);
      }
    }
    return new Routes(version, balancers, groups);
  }

  /** What each part's JSON comes to, by keys. */
  public Map<String, String> digests() {
    Map<String, String> digests = new LinkedHashMap<>();
    parts.forEach((key, part) -> digests.put(key, part.digest));
    return digests;
  }

  /**
   * What leads from other parts to these; one update at least, even where nothing differs.
   *
   * @param have the digests of what is there
   * @param size about how many characters an update may have; a part that is longer goes alone
   */
  public List<Update> since(Map<String, String> have, long version, int size) {
    List<String> gone = have.keySet().stream().filter(key -> !parts.containsKey(key)).toList();
    List<Update> updates = new ArrayList<>();
    Map<String, Json> news = new LinkedHashMap<>();
    int length = 0;
    for (Map.Entry<String, Part> each : parts.entrySet()) {
      Part part = each.getValue();
      if (part.digest.equals(have.get(each.getKey()))) {
        continue;
      }
      if (length + part.size > size && !news.isEmpty()) {
        updates.add(new Update(version, news, List.of(), true));
        news = new LinkedHashMap<>();
        length = 0;
      }
      news.put(each.getKey(), part.json);
      length += part.size;
    }
    updates.add(new Update(version, news, gone, false));
    return updates;
  }

  /**
   * These parts after an update.
   *
   * @throws IllegalArgumentException the update holds what is no part of routes
   */
  public Parts with(Update update) {
    NavigableMap<String, Part> next = new TreeMap<>(parts);
    update.gone().forEach(next::remove);
    update
        .parts()
        .forEach((key, json) -> {
          if (key.startsWith(BALANCER)) {
            next.put(key, Part.of(RoutesJson.loadBalancer(json), null, json));
          } else if (key.startsWith(GROUP)) {
            next.put(key, Part.of(null, RoutesJson.targetGroup(json), json));
          } else {
            throw new IllegalArgumentException("routes have no part " + key);
          }
        });
    return new Parts(next);
  }

  private static String digest(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(all);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
