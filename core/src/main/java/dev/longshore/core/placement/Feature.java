package dev.longshore.core.placement;

/** Something that tells instances apart, because a demand once asked for it. */
sealed interface Feature permits Domain, Eligibility {
  /** The instances of a cohort have the same label. */
  int label(int instance);

  /** When it was asked for last. */
  long usedAt();
}
