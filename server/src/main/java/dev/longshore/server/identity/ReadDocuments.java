package dev.longshore.server.identity;

import dev.longshore.core.identity.DocumentSource;
import dev.longshore.core.policy.MalformedPolicyException;
import dev.longshore.core.policy.Policy;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Documents that were read once; the text is the key, so nothing here can be out of date. */
final class ReadDocuments implements DocumentSource {
  private static final Logger LOG = LoggerFactory.getLogger(ReadDocuments.class);

  /** Beyond that all are forgotten, and read once more. */
  private static final int REMEMBERED = 4096;

  private final PolicyKind kind;
  private final Map<String, Policy> read = new ConcurrentHashMap<>();

  ReadDocuments(PolicyKind kind) {
    this.kind = kind;
  }

  @Override
  public Policy of(String document) {
    Policy known = read.get(document);
    if (known != null) {
      return known;
    }
    Policy policy = read(document);
    if (read.size() >= REMEMBERED) {
      read.clear();
    }
    read.put(document, policy);
    return policy;
  }

  /** What was taken once and cannot be read now allows nothing. */
  private Policy read(String document) {
    try {
      return PolicyReader.read(document, kind);
    } catch (MalformedPolicyException e) {
      LOG.error("A policy that was kept cannot be read, so it allows nothing: {}", e.text());
      return Policy.NOTHING;
    }
  }
}
