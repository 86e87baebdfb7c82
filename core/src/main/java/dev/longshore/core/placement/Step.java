package dev.longshore.core.placement;

import org.jspecify.annotations.Nullable;

/**
 * A preference as the search follows it.
 *
 * @param domain of the attribute that is spread over, else null
 */
record Step(Sort sort, @Nullable Domain domain) {
  enum Sort {
    INSTANCES,
    ATTRIBUTE,
    CPU,
    MEMORY
  }

  static Step of(Preference preference, Fleet fleet) {
    return switch (preference) {
      case Preference.SpreadOverInstances spread -> new Step(Sort.INSTANCES, null);
      case Preference.SpreadOverAttribute spread ->
          new Step(Sort.ATTRIBUTE, fleet.features.domain(spread.name()));
      case Preference.BinpackMemory binpack -> new Step(Sort.MEMORY, null);
      case Preference.BinpackCpu binpack -> {
        fleet.rankByCpu();
        yield new Step(Sort.CPU, null);
      }
    };
  }
}
