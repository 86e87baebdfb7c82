package dev.longshore.bench.load;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The service on Longshore, with two container instances of this machine. */
final class EcsService implements Orchestrator {
  private final ServerProcess server;
  private final Connection questions;
  private final Connection changes;
  private final Signer signer;

  EcsService(WebService web) throws IOException {
    server = new ServerProcess(2, 0);
    questions = new Connection(server.endpoint());
    changes = new Connection(server.endpoint());
    signer = new Signer(server.rootKeys(), "us-east-1", "ecs");
    register(0);
    Json percents =
        new Members()
            .put("minimumHealthyPercent", web.minimumHealthyPercent())
            .put("maximumPercent", web.maximumPercent())
            .json();
    call(
        changes,
        "CreateService",
        new Members()
            .put("serviceName", WebService.NAME)
            .put("taskDefinition", WebService.NAME)
            .put("desiredCount", web.tasks())
            .put("deploymentConfiguration", percents)
            .json());
  }

  @Override
  public String name() {
    return "Longshore";
  }

  @Override
  public String label() {
    return "com.amazonaws.ecs.task-definition-family=" + WebService.NAME;
  }

  private void register(int version) throws IOException {
    Json environment =
        new Members().put("name", "VERSION").put("value", Integer.toString(version)).json();
    Json.Fields container =
        new Members()
            .put("name", "web")
            .put("image", WebService.IMAGE)
            .put("memory", WebService.MEMORY_MIB)
            .put("command", WebService.COMMAND)
            .put("environment", List.of(environment), each -> each)
            .put("portMappings", List.of(WebService.PORT), EcsService::mapping)
            .json();
    call(
        changes,
        "RegisterTaskDefinition",
        new Members()
            .put("family", WebService.NAME)
            .put("containerDefinitions", List.of(container), each -> each)
            .json());
  }

  private static Json mapping(int port) {
    return new Members().put("containerPort", port).json();
  }

  @Override
  public void update(int version) throws IOException {
    register(version);
    call(
        changes,
        "UpdateService",
        new Members()
            .put("service", WebService.NAME)
            .put("taskDefinition", WebService.NAME)
            .json());
  }

  @Override
  public List<Target> running() throws IOException {
    Json listed =
        call(questions, "ListTasks", new Members().put("serviceName", WebService.NAME).json());
    List<String> arns = listed.at("taskArns").texts();
    List<Target> running = new ArrayList<>();
    if (arns.isEmpty()) {
      return running;
    }
    Json described = call(questions, "DescribeTasks", new Members().put("tasks", arns).json());
    for (Json task : described.at("tasks").elements()) {
      Json container = task.at("containers").elements().getFirst();
      List<Json> bindings = container.at("networkBindings").elements();
      if (task.at("lastStatus").text().equals("RUNNING")
          && task.at("desiredStatus").text().equals("RUNNING")
          && !bindings.isEmpty()) {
        Json binding = bindings.getFirst();
        int port = (int) binding.at("hostPort").number();
        running.add(
            new Target(container.at("runtimeId").text(), binding.at("bindIP").text(), port));
      }
    }
    return running;
  }

  private Json call(Connection connection, String operation, Json input) throws IOException {
    ApiCall call = ApiCall.of(server.endpoint(), signer, operation, input.write());
    return Json.parse(connection.call(call));
  }

  /** The end of the program takes its containers along. */
  @Override
  public void close() throws IOException {
    questions.close();
    changes.close();
    server.close();
  }
}
