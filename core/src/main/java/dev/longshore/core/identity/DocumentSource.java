package dev.longshore.core.identity;

import dev.longshore.core.policy.Policy;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;

/** Gives read policies for documents that were checked when they came; may remember them. */
@FunctionalInterface
public interface DocumentSource {
  /** Reads every time. */
  DocumentSource READING = document -> PolicyReader.read(document, PolicyKind.IDENTITY);

  Policy of(String document);
}
