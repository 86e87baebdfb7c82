package dev.longshore.agent.metadata;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the control plane for a resource's tags. */
public interface TagLookup {
  /** Blocks; answers tags or the control plane's refusal, and throws nothing. */
  Answer tags(String resourceArn);

  /** The outcome of a lookup. */
  sealed interface Answer {}

  record Tags(Map<String, String> tags) implements Answer {}

  /** {@code requestId} is null when the control plane did not answer. */
  record Refusal(int status, String code, String message, @Nullable String requestId)
      implements Answer {}
}
