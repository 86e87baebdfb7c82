package dev.longshore.core.setting;

import dev.longshore.core.model.AccountSetting;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;

/** Tells which value of an account setting holds. */
public final class AccountSettings {
  private AccountSettings() {}

  /**
   * The value that holds for the caller: the principal's own, else the account's default, else
   * ECS's.
   *
   * @param name for example {@code containerInsights}
   * @throws IllegalArgumentException there is no such setting
   */
  public static String effective(View view, Context context, String name) {
    return effective(view, context, name, context.caller().arn());
  }

  static String effective(View view, Context context, String name, String principalArn) {
    AccountSetting own = view.find(AccountSetting.KIND, AccountSetting.key(name, principalArn));
    if (own != null) {
      return own.value();
    }
    String root = rootArn(context);
    AccountSetting account = view.find(AccountSetting.KIND, AccountSetting.key(name, root));
    if (account != null) {
      return account.value();
    }
    return KnownSetting.named(name)
        .orElseThrow(() -> new IllegalArgumentException("No account setting " + name + "."))
        .usual();
  }

  /** The principal under which the account's default values stand. */
  static String rootArn(Context context) {
    return Caller.root(context.place().accountId()).arn();
  }
}
