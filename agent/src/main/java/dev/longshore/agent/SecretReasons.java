package dev.longshore.agent;

import java.util.List;

/** Why a task's secrets could not be had, worded as AWS words it. */
final class SecretReasons {
  private static final String INITIALIZATION = "ResourceInitializationError: ";
  private static final String SECRETS =
      INITIALIZATION
          + "unable to pull secrets or registry auth: execution resource retrieval failed: ";
  private static final String RETRIED = "service call has been retried 1 time(s): ";

  static final String INVALID_ARN =
      "an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN"
          + " and try again.";

  private SecretReasons() {}

  static String noRole() {
    return SECRETS + "unable to find execution role credentials";
  }

  static String invalidArn() {
    return SECRETS + "unable to retrieve secret from asm: " + INVALID_ARN;
  }

  static String secret(String arn, String error) {
    return SECRETS
        + "unable to retrieve secret from asm: "
        + RETRIED
        + "failed to fetch secret "
        + arn
        + " from secrets manager: "
        + error;
  }

  static String noKey(String key) {
    return SECRETS
        + "unable to retrieve secret from asm: "
        + RETRIED
        + "retrieved secret from Secrets Manager did not contain json key "
        + key;
  }

  static String noText(String arn) {
    return secret(arn, "the secret holds no SecretString");
  }

  static String invalidParameters(String region, List<String> names) {
    return parameters(region, "invalid parameters: " + String.join(", ", names));
  }

  static String parameters(String region, String error) {
    return SECRETS
        + "unable to retrieve secrets from ssm: "
        + RETRIED
        + "fetching secret data from SSM Parameter Store in "
        + region
        + ": "
        + error;
  }

  static String file(String bucket, String key, String error) {
    return INITIALIZATION
        + "failed to download env files: file download command: non empty error stream: unable to"
        + " download env file with key "
        + key
        + " from bucket "
        + bucket
        + ", error: "
        + error;
  }
}
