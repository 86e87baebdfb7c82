package dev.longshore.core.model;

import dev.longshore.core.state.Kind;

/** The name that an account has beside its number; there is one at most. */
public record AccountAlias(String name) {
  /** The key of the one row. */
  public static final String KEY = "alias";

  public static final Kind<AccountAlias> KIND =
      Kind.of("accountAlias", AccountAlias.class, alias -> KEY);
}
