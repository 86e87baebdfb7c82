package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.operation.Ids;
import dev.longshore.shapes.ecs.CreatedAt;
import dev.longshore.shapes.ecs.DescribeServiceDeploymentsRequest;
import dev.longshore.shapes.ecs.DescribeServiceRevisionsRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListServiceDeploymentsRequest;
import dev.longshore.shapes.ecs.ListServiceDeploymentsResponse;
import dev.longshore.shapes.ecs.ServiceDeployment;
import dev.longshore.shapes.ecs.ServiceDeploymentBrief;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import dev.longshore.shapes.ecs.ServiceRevisionSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceDeploymentsTest {
  private final Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private ListServiceDeploymentsResponse list(
      UnaryOperator<ListServiceDeploymentsRequest.Builder> with) {
    var request = with.apply(ListServiceDeploymentsRequest.builder().service("web")).build();
    return quay.harbour.ask(new ListServiceDeployments(), request);
  }

  private List<ServiceDeploymentBrief> list() {
    return Objects.requireNonNull(list(request -> request).serviceDeployments());
  }

  private List<String> statuses() {
    return list().stream()
        .map(ServiceDeploymentBrief::status)
        .map(Objects::requireNonNull)
        .toList();
  }

  private ServiceDeployment described() {
    return quay.deployment(Objects.requireNonNull(list().getFirst().serviceDeploymentArn()));
  }

  private static List<Integer> counts(ServiceRevisionSummary summary) {
    return Stream.of(
            summary.requestedTaskCount(), summary.runningTaskCount(), summary.pendingTaskCount())
        .map(Objects::requireNonNull)
        .toList();
  }

  @Test
  void a_new_service_begins_its_first_deployment_to_its_first_revision() {
    quay.create(app, 2, 100, 200);
    ServiceDeployment begun = described();
    assertThat(begun.status()).isEqualTo("IN_PROGRESS");
    assertThat(begun.sourceServiceRevisions()).isEmpty();
    assertThat(begun.serviceDeploymentArn())
        .matches("arn:aws:ecs:us-east-1:123456789012:service-deployment/default/web/[\\w-]{21}");
    var target = Objects.requireNonNull(begun.targetServiceRevision());
    assertThat(target.arn())
        .matches("arn:aws:ecs:us-east-1:123456789012:service-revision/default/web/\\d{19}")
        .endsWith(quay.primary().id().substring("ecs-svc/".length()));
    assertThat(counts(target)).containsExactly(2, 0, 2);
    assertThat(begun.startedAt()).isEqualTo(quay.harbour.now());
    assertThat(begun.finishedAt()).isNull();
    quay.harbour.advance(Duration.ofSeconds(5));
    quay.settle();
    ServiceDeployment done = described();
    assertThat(done.status()).isEqualTo("SUCCESSFUL");
    assertThat(done.finishedAt()).isEqualTo(quay.harbour.now());
    assertThat(done.deploymentConfiguration()).isEqualTo(quay.describe().deploymentConfiguration());
    assertThat(counts(Objects.requireNonNull(done.targetServiceRevision())))
        .containsExactly(2, 2, 0);
    assertThat(quay.describe().currentServiceDeployment()).isEqualTo(done.serviceDeploymentArn());
  }

  @Test
  void an_update_goes_from_the_revisions_that_have_tasks_to_a_new_one() {
    quay.create(app, 2, 100, 150);
    quay.settle();
    String first = Objects.requireNonNull(described().targetServiceRevision()).arn();
    quay.update(request -> request.forceNewDeployment(true));
    quay.runAll();
    ServiceDeployment second = described();
    assertThat(second.sourceServiceRevisions())
        .extracting(ServiceRevisionSummary::arn)
        .containsExactly(first);
    assertThat(quay.describe().currentServiceRevisions())
        .extracting(
            revision -> revision.arn(),
            revision -> revision.requestedTaskCount(),
            revision -> revision.runningTaskCount(),
            revision -> revision.pendingTaskCount())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Objects.requireNonNull(second.targetServiceRevision()).arn(), 2, 1, 0),
            org.assertj.core.groups.Tuple.tuple(first, 1, 2, 0));
    quay.settle();
    assertThat(statuses()).containsExactly("SUCCESSFUL", "SUCCESSFUL");
    assertThat(quay.describe().currentServiceRevisions()).hasSize(1);
  }

  @Test
  void a_newer_deployment_stops_the_one_that_is_under_way() {
    quay.create(app, 2, 100, 200);
    quay.settle();
    quay.update(request -> request.forceNewDeployment(true));
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(statuses()).containsExactly("IN_PROGRESS", "STOPPED", "SUCCESSFUL");
    assertThat(list().get(1).statusReason()).isEqualTo(ServiceDeployments.SUPERSEDED);
    assertThat(described().sourceServiceRevisions()).hasSize(2);
    quay.settle();
    assertThat(statuses()).containsExactly("SUCCESSFUL", "STOPPED", "SUCCESSFUL");
  }

  @Test
  void other_percents_hold_for_the_deployment_under_way_and_start_none() {
    quay.create(app, 2, 100, 100);
    quay.settle();
    quay.update(request -> request.forceNewDeployment(true));
    quay.update(request -> request.deploymentConfiguration(Quay.percents(50, 100)));
    assertThat(list()).hasSize(2);
    assertThat(
            Objects.requireNonNull(described().deploymentConfiguration()).minimumHealthyPercent())
        .isEqualTo(50);
  }

  @Test
  void deployments_are_listed_newest_first_by_status_time_and_page() {
    quay.create(app, 1, 100, 200);
    quay.settle();
    for (int at = 0; at < 24; at++) {
      quay.harbour.advance(Duration.ofMinutes(1));
      quay.update(request -> request.forceNewDeployment(true));
    }
    assertThat(list()).hasSize(20);
    assertThat(list())
        .extracting(ServiceDeploymentBrief::createdAt)
        .isSortedAccordingTo((one, other) -> other.compareTo(one));
    List<String> all = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      var page = list(request -> request.maxResults(7).nextToken(next));
      Objects.requireNonNull(page.serviceDeployments())
          .forEach(each -> all.add(each.serviceDeploymentArn()));
      token = page.nextToken();
    } while (token != null);
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
    assertThat(list(request -> request.status(List.of("SUCCESSFUL"))).serviceDeployments())
        .hasSize(1);
    var now = quay.harbour.now();
    var lately = new CreatedAt(null, now.minus(Duration.ofSeconds(150)));
    assertThat(list(request -> request.createdAt(lately)).serviceDeployments()).hasSize(3);
    var formerly = new CreatedAt(now.minus(Duration.ofMinutes(24)), null);
    assertThat(list(request -> request.createdAt(formerly)).serviceDeployments()).isEmpty();
  }

  @Test
  void bad_listings_are_the_callers_fault() {
    assertThatThrownBy(this::list)
        .isInstanceOf(ServiceNotFoundException.class)
        .hasMessage("Service not found.");
    quay.create(app, 0, 100, 200);
    assertThatThrownBy(() -> list(request -> request.status(List.of("DONE"))))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> list(request -> request.maxResults(101)))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void what_is_not_there_is_a_failure() {
    String arn = "arn:aws:ecs:us-east-1:123456789012:service-deployment/default/web/gone";
    var deployments =
        quay.harbour.ask(
            new DescribeServiceDeployments(),
            new DescribeServiceDeploymentsRequest(List.of(arn, arn)));
    assertThat(deployments.serviceDeployments()).isEmpty();
    assertThat(deployments.failures())
        .singleElement()
        .isEqualTo(new dev.longshore.shapes.ecs.Failure(arn, "MISSING", null));
    var revisions =
        quay.harbour.ask(
            new DescribeServiceRevisions(), new DescribeServiceRevisionsRequest(List.of(arn)));
    assertThat(revisions.failures()).hasSize(1);
    for (List<String> bad : List.of(List.<String>of(), List.of("web"))) {
      assertThatThrownBy(() ->
              quay.harbour.ask(
                  new DescribeServiceDeployments(), new DescribeServiceDeploymentsRequest(bad)))
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  @Test
  void history_is_kept_for_ninety_days_and_two_hundred_deployments() {
    quay.create(app, 0, 100, 200);
    quay.harbour.advance(Duration.ofDays(89));
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(list()).hasSize(2);
    quay.harbour.advance(Duration.ofDays(1));
    assertThat(list()).hasSize(1);
    quay.update(request -> request.forceNewDeployment(true));
    var state = quay.harbour.state();
    assertThat(state.count(ServiceRevision.KIND)).isEqualTo(3);
    for (int at = 0; at < 220; at++) {
      quay.update(request -> request.forceNewDeployment(true));
    }
    state = quay.harbour.state();
    assertThat(state.count(dev.longshore.core.model.ServiceDeployment.KIND)).isEqualTo(200);
    assertThat(state.count(ServiceRevision.KIND)).isEqualTo(201);
  }

  @Test
  void a_deleted_service_takes_its_deployments_and_revisions_along() {
    quay.create(app, 2, 100, 200);
    quay.runAll();
    quay.update(request -> request.forceNewDeployment(true));
    quay.delete(true);
    assertThat(described().statusReason()).isEqualTo(ServiceDeployments.DELETED);
    assertThat(statuses()).containsExactly("STOPPED", "SUCCESSFUL");
    quay.settle();
    assertThat(quay.describe().status()).isEqualTo("INACTIVE");
    assertThat(quay.harbour.state().count(ServiceRevision.KIND)).isZero();
    assertThat(quay.harbour.state().count(dev.longshore.core.model.ServiceDeployment.KIND))
        .isZero();
    assertThatThrownBy(this::list).isInstanceOf(ServiceNotFoundException.class);
  }

  @Test
  void ids_sort_as_their_numbers_do_backwards() {
    Ids ids = Ids.seeded(7);
    String before = ServiceDeployments.id(0, ids);
    for (long number = 1; number < 10_000; number += 7) {
      String id = ServiceDeployments.id(number, ids);
      assertThat(id).hasSize(21).isLessThan(before);
      before = id;
    }
  }
}
