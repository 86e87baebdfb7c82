package dev.longshore.core.repository;

import dev.longshore.core.model.RegistrySetting;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;

/** Gives the public registry the name that visitors are shown. */
public final class NameRegistry implements Command<String, RegistrySetting> {
  /** The setting that holds it; it is none of the account's, whose names are in capitals. */
  public static final String SETTING = "displayName";

  @Override
  public RegistrySetting decide(Draft draft, String name, Context context) {
    RegistrySetting row = new RegistrySetting(SETTING, name);
    draft.put(RegistrySetting.KIND, row);
    return row;
  }
}
