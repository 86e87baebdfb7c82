package dev.longshore.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ManagedPolicy;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import org.junit.jupiter.api.Test;

class AwsPoliciesTest {
  @Test
  void every_policy_of_awss_own_is_one() throws Exception {
    for (ManagedPolicy policy : AwsPolicies.all()) {
      for (ManagedPolicy.Version version : policy.versions()) {
        assertThat(PolicyReader.read(version.document(), PolicyKind.IDENTITY))
            .as(policy.arn())
            .isNotNull();
      }
      assertThat(policy.arn()).endsWith(policy.path() + policy.name());
    }
  }

  @Test
  void those_that_the_first_roles_have_are_among_them() {
    for (String name :
        new String[] {
          "AmazonECSTaskExecutionRolePolicy",
          "AmazonEC2ContainerServiceforEC2Role",
          "AmazonEC2ContainerServiceRole",
          "AmazonEC2ContainerServiceEventsRole",
          "AmazonECSInfrastructureRolePolicyForVolumes"
        }) {
      assertThat(AwsPolicies.find("arn:aws:iam::aws:policy/service-role/" + name)).isNotNull();
    }
    String linked = "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy";
    assertThat(AwsPolicies.find(linked)).isNotNull();
    assertThat(AwsPolicies.linked(linked)).isTrue();
  }
}
