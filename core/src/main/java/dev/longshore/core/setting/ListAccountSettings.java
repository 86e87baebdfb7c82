package dev.longshore.core.setting;

import dev.longshore.core.model.AccountSetting;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListAccountSettingsRequest;
import dev.longshore.shapes.ecs.ListAccountSettingsResponse;
import dev.longshore.shapes.ecs.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists a principal's account settings: those that were set, or every one with the value that
 * holds.
 */
public final class ListAccountSettings
    implements Query<ListAccountSettingsRequest, ListAccountSettingsResponse> {
  @Override
  public ListAccountSettingsResponse answer(
      View view, ListAccountSettingsRequest request, Context context) {
    Paging paging =
        Paging.of("ListAccountSettings", request.nextToken(), request.maxResults(), 10, 10);
    String principal = AccountSettings.principal(context, request.principalArn());
    boolean effective = Boolean.TRUE.equals(request.effectiveSettings());
    Paging.Page<Setting> page =
        paging.page(
            after(asked(request), paging.after()),
            KnownSetting::name,
            setting -> {
              String value = value(view, context, setting, principal, effective);
              return value == null || (request.value() != null && !value.equals(request.value()))
                  ? null
                  : AccountSettings.shown(setting, value, principal);
            });
    return new ListAccountSettingsResponse(page.items(), page.nextToken());
  }

  private static List<KnownSetting> asked(ListAccountSettingsRequest request) {
    if (request.name() != null) {
      return List.of(AccountSettings.known(request.name()));
    }
    if (request.value() != null) {
      throw new InvalidParameterException(
          "To filter account settings by value, specify the name of the setting as well.");
    }
    return KnownSetting.ALL;
  }

  /** The settings stand in the model's order, so what comes after a name is found by place. */
  private static List<KnownSetting> after(List<KnownSetting> settings, @Nullable String name) {
    if (name == null) {
      return settings;
    }
    return settings.stream().dropWhile(setting -> !setting.name().equals(name)).skip(1).toList();
  }

  private static @Nullable String value(
      View view, Context context, KnownSetting setting, String principal, boolean effective) {
    if (effective) {
      return AccountSettings.effective(view, context, setting, principal);
    }
    AccountSetting row = AccountSettings.row(view, setting, principal);
    return row == null ? null : row.value();
  }
}
