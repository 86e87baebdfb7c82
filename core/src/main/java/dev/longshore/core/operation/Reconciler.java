package dev.longshore.core.operation;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Edits a draft until what is observed meets what is desired, one key at a time.
 *
 * <p>Reconciling twice without a change between must edit nothing the second time: the engine runs
 * a reconciler again for whatever its own edits touched.
 */
public interface Reconciler {
  /** Names the keys that a change concerns. {@code view} already shows the change. */
  void touched(Change<?> change, View view, Consumer<String> keys);

  /** Names every key there is; the engine asks once, when it starts, to learn all wake-up times. */
  void all(View view, Consumer<String> keys);

  /**
   * Reconciles one key. A key whose row is gone is no error.
   *
   * @return when to be called for this key even if nothing touches it; null for never
   */
  @Nullable Instant reconcile(Draft draft, String key, Context context);
}
