package dev.longshore.core.repository;

import java.util.List;

/** The settings of a registry and what they may be set to; the first value is the usual one. */
final class AccountSettingValues {
  private AccountSettingValues() {}

  private static List<String> of(String name) {
    return switch (name) {
      case "BLOB_MOUNTING" -> List.of("ENABLED", "DISABLED");
      case "BASIC_SCAN_TYPE_VERSION" -> List.of("AWS_NATIVE", "CLAIR");
      case "REGISTRY_POLICY_SCOPE" -> List.of("V2", "V1");
      default -> throw Repositories.invalid("name", "is not the name of an account setting");
    };
  }

  static String usual(String name) {
    return of(name).getFirst();
  }

  static void check(String name, String value) {
    if (!of(name).contains(value)) {
      throw Repositories.invalid("value", "Member must satisfy enum value set: " + of(name));
    }
  }
}
