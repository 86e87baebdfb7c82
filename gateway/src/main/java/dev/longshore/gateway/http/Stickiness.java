package dev.longshore.gateway.http;

import dev.longshore.gateway.route.Group;
import dev.longshore.gateway.route.GroupSettings;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.Outcome;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The cookies that keep a client with its group and its target. */
final class Stickiness {
  private static final String TARGET = "AWSALB";
  private static final String GROUP = "AWSALBTG";
  private static final String APPLICATION = "AWSALBAPP-0";
  private static final String ACROSS_ORIGINS = "CORS";

  private Stickiness() {}

  /** The group that the request's cookie names, or the next by weights. */
  static @Nullable Group group(Outcome.Onward onward, HttpHeaders headers) {
    if (onward.stickinessSeconds() > 0) {
      String tag = either(headers, GROUP);
      Group known = tag == null ? null : onward.tagged(tag);
      if (known != null) {
        return known;
      }
    }
    return onward.choose();
  }

  /** The target that the request's cookie names, if it may have it. */
  static @Nullable Member member(Group group, HttpHeaders headers) {
    String tag =
        switch (group.settings().stickiness()) {
          case LB_COOKIE -> either(headers, TARGET);
          case APP_COOKIE -> cookie(headers, APPLICATION);
          case NONE, SOURCE_IP -> null;
        };
    return tag == null ? null : group.tagged(tag);
  }

  /** Has the client come back to where it was. */
  static void keep(
      HttpHeaders answer, Outcome.@Nullable Onward onward, Group group, Member member) {
    if (onward != null && onward.stickinessSeconds() > 0) {
      both(answer, GROUP, Outcome.Onward.tag(group), onward.stickinessSeconds());
    }
    GroupSettings settings = group.settings();
    switch (settings.stickiness()) {
      case LB_COOKIE -> both(answer, TARGET, member.tag(), settings.stickySeconds());
      case APP_COOKIE -> {
        if (sets(answer, settings.cookieName())) {
          set(answer, APPLICATION, member.tag(), settings.stickySeconds(), "");
        }
      }
      case NONE, SOURCE_IP -> {}
    }
  }

  private static boolean sets(HttpHeaders answer, String name) {
    for (String cookie : answer.getAll(HttpHeaderNames.SET_COOKIE)) {
      if (!name.isEmpty() && cookie.startsWith(name + "=")) {
        return true;
      }
    }
    return false;
  }

  private static void both(HttpHeaders answer, String name, String value, long seconds) {
    set(answer, name, value, seconds, "");
    set(answer, name + ACROSS_ORIGINS, value, seconds, "; SameSite=None; Secure");
  }

  private static void set(
      HttpHeaders answer, String name, String value, long seconds, String more) {
    answer.add(
        HttpHeaderNames.SET_COOKIE,
        name + '=' + value + "; Expires=" + Dates.in(seconds) + "; Path=/" + more);
  }

  private static @Nullable String either(HttpHeaders headers, String name) {
    String value = cookie(headers, name);
    return value == null ? cookie(headers, name + ACROSS_ORIGINS) : value;
  }

  /** The value of the first cookie with this name. */
  private static @Nullable String cookie(HttpHeaders headers, String name) {
    for (String header : headers.getAll(HttpHeaderNames.COOKIE)) {
      for (String pair : header.split(";")) {
        String cookie = pair.strip();
        if (cookie.length() > name.length()
            && cookie.startsWith(name)
            && cookie.charAt(name.length()) == '=') {
          return cookie.substring(name.length() + 1);
        }
      }
    }
    return null;
  }
}
