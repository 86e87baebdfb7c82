/**
 * For: the account settings, which change what ECS does for an account or one of its principals.
 *
 * <p>Holds: the settings there are with their values and defaults, and the actions on them.
 *
 * <p>Doors: {@link dev.longshore.core.setting.SettingRoom} registers the actions; {@link
 * dev.longshore.core.setting.AccountSettings} tells the value that holds for a caller.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls.
 */
@NullMarked
package dev.longshore.core.setting;

import org.jspecify.annotations.NullMarked;
