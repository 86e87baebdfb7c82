package dev.longshore.core.model;

import dev.longshore.core.state.Kind;

/**
 * An account setting that somebody set.
 *
 * @param principalArn the user or role it holds for; the account's root for the account's default
 */
public record AccountSetting(String principalArn, String name, String value) {
  /** Keyed by {@code name principalArn}. */
  public static final Kind<AccountSetting> KIND =
      Kind.of("accountSetting", AccountSetting.class, row -> key(row.name(), row.principalArn()));

  /** The key of a principal's setting. */
  public static String key(String name, String principalArn) {
    return name + ' ' + principalArn;
  }
}
