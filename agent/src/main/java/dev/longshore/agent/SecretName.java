package dev.longshore.agent;

import java.util.List;

/**
 * A value of Secrets Manager as a task definition names it.
 *
 * @param arn the secret's own
 * @param key of a member of its JSON; empty for the whole text
 * @param stage a staging label; empty for none
 * @param version a version's id; empty for none
 */
record SecretName(String arn, String region, String key, String stage, String version) {
  private static final int PARTS = 7;
  private static final int PARTS_WITH_SELECTORS = 10;

  /**
   * Takes apart an ARN of either form: the secret's, or with three selectors behind it.
   *
   * @throws UnavailableException it is neither
   */
  static SecretName parse(String valueFrom, String region) throws UnavailableException {
    String[] parts = valueFrom.split(":", -1);
    if (parts.length != PARTS && parts.length != PARTS_WITH_SELECTORS) {
      throw new UnavailableException(SecretReasons.invalidArn());
    }
    String arn = String.join(":", List.of(parts).subList(0, PARTS));
    return parts.length == PARTS
        ? new SecretName(arn, region, "", "", "")
        : new SecretName(arn, region, parts[PARTS], parts[PARTS + 1], parts[PARTS + 2]);
  }

  /** The whole text that this is a part of, so that it is fetched once. */
  SecretName whole() {
    return new SecretName(arn, region, "", stage, version);
  }
}
