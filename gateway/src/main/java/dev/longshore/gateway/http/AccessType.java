package dev.longshore.gateway.http;

import dev.longshore.gateway.route.Group;
import dev.longshore.gateway.route.TargetGroup;
import org.jspecify.annotations.Nullable;

/** The first field of an access log's line. */
final class AccessType {
  private AccessType() {}

  static String of(FrontSession front, boolean upgrade, @Nullable Group group) {
    if (upgrade) {
      return front.isSecure() ? "wss" : "ws";
    }
    if (front.isHttp2()) {
      boolean grpc = group != null && group.spec().version() == TargetGroup.Version.GRPC;
      return grpc ? "grpcs" : "h2";
    }
    return front.isSecure() ? "https" : "http";
  }
}
