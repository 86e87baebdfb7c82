package dev.longshore.agent;

/** When a container's image is fetched from its registry. */
enum PullBehavior {
  /** Always ask the registry; an image that is here will do if it does not answer. */
  DEFAULT,
  /** Always ask the registry; without an answer the task fails. */
  ALWAYS,
  /** Ask the registry for images this agent has not pulled yet. */
  ONCE,
  /** Ask the registry only for images that are not here. */
  PREFER_CACHED;

  static PullBehavior parse(String text) {
    return switch (text) {
      case "always" -> ALWAYS;
      case "once" -> ONCE;
      case "prefer-cached" -> PREFER_CACHED;
      default -> DEFAULT;
    };
  }
}
