package dev.longshore.core.model;

import dev.longshore.core.state.Kind;

/** A setting of the whole registry, for example {@code BLOB_MOUNTING}. */
public record RegistrySetting(String name, String value) {
  /** Keyed by name. */
  public static final Kind<RegistrySetting> KIND =
      Kind.of("registrySetting", RegistrySetting.class, RegistrySetting::name);
}
