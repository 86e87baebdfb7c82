package dev.longshore.core.setting;

import dev.longshore.core.model.AccountSetting;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Setting;
import dev.longshore.shapes.ecs.SettingType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells which value of an account setting holds. */
public final class AccountSettings {
  private static final Pattern PRINCIPAL = Pattern.compile("root|(user|role)/[!-~]{1,512}");

  private AccountSettings() {}

  /**
   * The value that holds for the caller: the principal's own, else the account's default, else
   * ECS's.
   *
   * @param name for example {@code containerInsights}
   * @throws IllegalArgumentException there is no such setting
   */
  public static String effective(View view, Context context, String name) {
    KnownSetting setting =
        KnownSetting.named(name)
            .orElseThrow(() -> new IllegalArgumentException("No account setting " + name + "."));
    return effective(view, context, setting, principal(context));
  }

  static String effective(View view, Context context, KnownSetting setting, String principal) {
    AccountSetting own = row(view, setting, principal);
    AccountSetting account = own == null ? row(view, setting, root(context)) : own;
    return account == null ? setting.usual() : account.value();
  }

  static @Nullable AccountSetting row(View view, KnownSetting setting, String principal) {
    return view.find(AccountSetting.KIND, AccountSetting.key(setting.name(), principal));
  }

  /** The setting as the API shows it. */
  static Setting shown(KnownSetting setting, String value, String principal) {
    String type = setting.managed() ? SettingType.AWS_MANAGED : SettingType.USER;
    return new Setting(setting.name(), value, principal, type);
  }

  /**
   * The setting that a request names.
   *
   * @throws InvalidParameterException there is no such setting
   */
  static KnownSetting known(String name) {
    return KnownSetting.named(name)
        .orElseThrow(() ->
            new InvalidParameterException(
                name + " should be one of [" + KnownSetting.names() + "]"));
  }

  /**
   * The setting that a request names and wants to change.
   *
   * @throws InvalidParameterException there is no such setting, or AWS keeps it to itself
   */
  static KnownSetting changeable(String name) {
    KnownSetting setting = known(name);
    if (setting.managed()) {
      throw new InvalidParameterException(
          "The account setting " + name + " is managed by AWS and cannot be changed.");
    }
    return setting;
  }

  /**
   * The principal that a request names, else the caller.
   *
   * @throws InvalidParameterException not a user, a role or the root of this account
   */
  static String principal(Context context, @Nullable String asked) {
    if (asked == null) {
      return principal(context);
    }
    Arn arn = Arn.parse(asked).orElse(null);
    if (arn == null
        || !arn.service().equals("iam")
        || !arn.accountId().equals(context.place().accountId())
        || !PRINCIPAL.matcher(arn.resource()).matches()) {
      throw new InvalidParameterException("Invalid principalArn: " + asked);
    }
    return asked;
  }

  /** The caller; for a session of a role the role, because settings outlive sessions. */
  private static String principal(Context context) {
    String caller = context.caller().arn();
    Arn arn = Arn.parse(caller).orElse(null);
    if (arn == null || !arn.type().equals("assumed-role")) {
      return caller;
    }
    return "arn:" + arn.partition() + ":iam::" + arn.accountId() + ":role/" + arn.segments().get(1);
  }

  /** The principal under which the account's default values stand. */
  static String root(Context context) {
    return Caller.root(context.place().accountId()).arn();
  }
}
