package dev.longshore.core.state;

import java.util.function.Supplier;

/**
 * A mutable structure that follows the rows of a {@link Draft}, for questions that immutable tables
 * answer too slowly. It is told of each change as the draft makes it, and of the inverse as the
 * draft takes it back; so it always tells of the rows as the draft shows them.
 *
 * <p>It holds nothing that its rows do not tell: one that was lost is made anew, empty, and fills
 * itself from the rows when it is first asked.
 */
public interface Companion {
  /** A row was put or removed; one that is not of interest is passed over. */
  void changed(Change<?> change);

  /**
   * Names a companion. There is one constant for each, compared by identity.
   *
   * @param <C> type of the companion
   */
  final class Role<C extends Companion> {
    private final Supplier<C> maker;

    private Role(Supplier<C> maker) {
      this.maker = maker;
    }

    /**
     * Declares a companion.
     *
     * @param maker makes one that has been asked nothing yet
     */
    public static <C extends Companion> Role<C> of(Supplier<C> maker) {
      return new Role<>(maker);
    }

    C make() {
      return maker.get();
    }
  }
}
