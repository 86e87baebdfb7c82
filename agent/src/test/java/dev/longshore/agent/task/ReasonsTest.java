package dev.longshore.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final String DENIED =
      "Error response from daemon: pull access denied for shop/app, repository does not exist or"
          + " may require 'docker login': denied: ";

  @Test
  void a_pull_that_a_role_may_not_do_says_to_look_at_the_role() {
    String denial =
        DENIED
            + "User: arn:aws:sts::123456789012:assumed-role/shop/ab is not authorized to perform:"
            + " ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:123456789012:repository/app";
    assertThat(Reasons.cannotPull(denial))
        .isEqualTo(
            "CannotPullContainerError: The task can’t pull the image. Check that the role has"
                + " the permissions to pull images from the registry. "
                + denial);
  }

  @Test
  void a_pull_of_what_is_not_there_says_to_look_for_the_image() {
    String denial = DENIED + "requested access to the resource is denied";
    assertThat(Reasons.cannotPullFromEcr(denial))
        .isEqualTo(
            "CannotPullECRContainerError: The task can’t pull the image. Check whether the"
                + " image exists. "
                + denial);
  }

  @Test
  void a_pull_without_a_way_to_the_registry_says_to_look_at_the_network() {
    assertThat(Reasons.cannotPull("net/http: request canceled while waiting for connection"))
        .startsWith(
            "CannotPullContainerError: The task can’t pull the image. Check your network"
                + " configuration. net/http: ");
  }

  @Test
  void a_wrong_password_is_told_in_the_engines_words_as_is_whatever_fails_at_the_manifest() {
    String wrong = "Error response from daemon: unauthorized: incorrect username or password";
    assertThat(Reasons.cannotPull(wrong)).isEqualTo("CannotPullContainerError: " + wrong);
    assertThat(Reasons.cannotResolveManifest(wrong))
        .isEqualTo("CannotPullImageManifestError: " + wrong);
    assertThat(Reasons.cannotResolveManifest(DENIED + "requested access to the resource is denied"))
        .startsWith("CannotPullImageManifestError: Error response from daemon: ");
  }
}
