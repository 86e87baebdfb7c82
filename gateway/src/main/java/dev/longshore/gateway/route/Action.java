package dev.longshore.gateway.route;

import java.util.List;

/** What is done with a request. */
public sealed interface Action {
  /**
   * Sends it to a target of one of these groups.
   *
   * @param stickinessSeconds how long a client stays with the group it got; 0 for not at all
   */
  record Forward(List<WeightedGroup> groups, long stickinessSeconds) implements Action {
    public Forward {
      groups = List.copyOf(groups);
    }

    /** To one group. */
    public static Forward to(String targetGroupArn) {
      return new Forward(List.of(new WeightedGroup(targetGroupArn, 1)), 0);
    }
  }

  /**
   * A group and its share.
   *
   * @param weight 0 to 999, of the sum of all
   */
  record WeightedGroup(String targetGroupArn, int weight) {}

  /**
   * Answers with another address. The parts are templates that may hold {@code #{protocol}}, {@code
   * #{host}}, {@code #{port}}, {@code #{path}} and {@code #{query}}.
   *
   * @param status 301 or 302
   */
  record Redirect(String protocol, String host, String port, String path, String query, int status)
      implements Action {
    /** A redirect that changes nothing, to begin with. */
    public static Redirect unchanged(int status) {
      return new Redirect("#{protocol}", "#{host}", "#{port}", "/#{path}", "#{query}", status);
    }
  }

  /**
   * Answers at once.
   *
   * @param contentType "" for none
   */
  record FixedResponse(int status, String contentType, String body) implements Action {}
}
