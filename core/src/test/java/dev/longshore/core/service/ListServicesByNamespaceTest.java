package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ServiceRevision;
import dev.longshore.shapes.ecs.ListServicesByNamespaceRequest;
import dev.longshore.shapes.ecs.ListServicesByNamespaceResponse;
import dev.longshore.shapes.ecs.NamespaceNotFoundException;
import dev.longshore.shapes.ecs.ServiceConnectConfiguration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListServicesByNamespaceTest {
  private final Quay quay = new Quay().instance("a1", "a");

  private ListServicesByNamespaceResponse list(String namespace, @Nullable String token) {
    return quay.harbour.ask(
        new ListServicesByNamespace(),
        ListServicesByNamespaceRequest.builder()
            .namespace(namespace)
            .maxResults(1)
            .nextToken(token)
            .build());
  }

  /** As it will be once services can be connected: nothing else makes such a row yet. */
  private void connect(String service, boolean enabled) {
    String arn = quay.harbour.place().ecs("service/default/" + service);
    ServiceRevision revision = null;
    for (ServiceRevision each : quay.harbour.state().by(ServiceRevision.BY_SERVICE, arn)) {
      revision = each;
    }
    ServiceRevision found = Objects.requireNonNull(revision);
    ServiceConnectConfiguration connect =
        ServiceConnectConfiguration.builder().enabled(enabled).namespace("shop").build();
    quay.harbour.edit(draft ->
        draft.put(
            ServiceRevision.KIND,
            new ServiceRevision(
                found.arn(),
                found.serviceArn(),
                found.shape().toBuilder().serviceConnectConfiguration(connect).build())));
  }

  @Test
  void a_namespace_that_nobody_names_is_not_found() {
    assertThatThrownBy(() -> list("shop", null))
        .isInstanceOf(NamespaceNotFoundException.class)
        .hasMessage("The specified namespace wasn't found.");
  }

  @Test
  void services_whose_newest_revision_is_in_it_are_listed_page_by_page() {
    String app = quay.definition("app");
    quay.create(Quay.request("web", app, 1));
    quay.create(Quay.request("api", app, 1));
    quay.create(Quay.request("off", app, 1));
    connect("web", true);
    connect("api", true);
    connect("off", false);
    ListServicesByNamespaceResponse first = list("shop", null);
    assertThat(first.serviceArns())
        .containsExactly(quay.harbour.place().ecs("service/default/api"));
    ListServicesByNamespaceResponse second = list("shop", first.nextToken());
    assertThat(second.serviceArns())
        .containsExactly(quay.harbour.place().ecs("service/default/web"));
    assertThat(second.nextToken()).isNull();
    quay.update(update -> update.forceNewDeployment(true).taskDefinition(quay.definition("app")));
    connectNothing();
    assertThat(list("shop", null).serviceArns())
        .containsExactly(quay.harbour.place().ecs("service/default/api"));
  }

  /**
   * The new revision of web took over the configuration; one without it is not in the namespace.
   */
  private void connectNothing() {
    ServiceRevision newest =
        Objects.requireNonNull(
            quay.harbour
                .state()
                .find(
                    ServiceRevision.KIND,
                    ServiceRevision.arnOf(quay.web().arn(), quay.primary().id())));
    quay.harbour.edit(draft ->
        draft.put(
            ServiceRevision.KIND,
            new ServiceRevision(
                newest.arn(),
                newest.serviceArn(),
                newest.shape().toBuilder().serviceConnectConfiguration(null).build())));
  }
}
