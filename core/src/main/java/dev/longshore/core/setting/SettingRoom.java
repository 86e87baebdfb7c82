package dev.longshore.core.setting;

import dev.longshore.core.operation.Operations;

/** Registers the actions on account settings. */
public final class SettingRoom {
  private SettingRoom() {}

  /** Registers every action of this room. */
  public static void register(Operations operations) {
    operations.command("PutAccountSetting", new PutAccountSetting());
    operations.command("PutAccountSettingDefault", new PutAccountSettingDefault());
    operations.command("DeleteAccountSetting", new DeleteAccountSetting());
    operations.query("ListAccountSettings", new ListAccountSettings());
  }
}
