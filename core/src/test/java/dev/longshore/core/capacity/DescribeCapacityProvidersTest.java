package dev.longshore.core.capacity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.CapacityProvider;
import dev.longshore.shapes.ecs.DescribeCapacityProvidersRequest;
import dev.longshore.shapes.ecs.DescribeCapacityProvidersResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescribeCapacityProvidersTest {
  private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:capacity-provider/";

  private final Harbour harbour = new Harbour();

  @Test
  void fargate_and_fargate_spot_are_always_there() {
    DescribeCapacityProvidersResponse answer = describe(DescribeCapacityProvidersRequest.builder());
    assertThat(answer.capacityProviders())
        .containsExactly(provider("FARGATE"), provider("FARGATE_SPOT"));
    assertThat(answer.failures()).isEmpty();
    assertThat(answer.nextToken()).isNull();
  }

  private static CapacityProvider provider(String name) {
    return CapacityProvider.builder()
        .capacityProviderArn(ARN + name)
        .name(name)
        .status("ACTIVE")
        .tags(List.of())
        .type(name)
        .build();
  }

  @Test
  void a_provider_is_asked_for_by_name_or_arn_and_others_are_missing() {
    DescribeCapacityProvidersResponse answer =
        describe(
            DescribeCapacityProvidersRequest.builder()
                .capacityProviders(
                    List.of(ARN + "FARGATE_SPOT", "FARGATE_SPOT", "mine", ARN + "other")));
    assertThat(answer.capacityProviders()).containsExactly(provider("FARGATE_SPOT"));
    assertThat(answer.failures())
        .containsExactly(
            new Failure(ARN + "mine", "MISSING", null),
            new Failure(ARN + "other", "MISSING", null));
  }

  @Test
  void pages_go_on_after_the_last_provider() {
    DescribeCapacityProvidersResponse first =
        describe(DescribeCapacityProvidersRequest.builder().maxResults(1));
    assertThat(first.capacityProviders()).containsExactly(provider("FARGATE"));
    DescribeCapacityProvidersResponse second =
        describe(
            DescribeCapacityProvidersRequest.builder()
                .maxResults(1)
                .nextToken(requireNonNull(first.nextToken())));
    assertThat(second.capacityProviders()).containsExactly(provider("FARGATE_SPOT"));
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void a_hundred_names_and_ten_a_page_are_the_most() {
    for (DescribeCapacityProvidersRequest.Builder request :
        List.of(
            DescribeCapacityProvidersRequest.builder().maxResults(11),
            DescribeCapacityProvidersRequest.builder()
                .capacityProviders(Collections.nCopies(101, "FARGATE")))) {
      assertThatExceptionOfType(InvalidParameterException.class)
          .isThrownBy(() -> describe(request));
    }
  }

  private DescribeCapacityProvidersResponse describe(
      DescribeCapacityProvidersRequest.Builder request) {
    return harbour.ask(new DescribeCapacityProviders(), request.build());
  }
}
