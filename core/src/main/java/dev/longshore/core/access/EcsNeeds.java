package dev.longshore.core.access;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Needs;
import dev.longshore.core.setting.AccountSettings;
import dev.longshore.core.state.View;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What callers of ECS need to be allowed: the action on the resources that the request names, with
 * the keys of {@code ecs:}; to pass the roles that it gives away; and to tag what it makes, where
 * the account asks for that.
 */
public final class EcsNeeds implements Needs {
  private static final String TASKS = "ecs-tasks.amazonaws.com";
  private static final String SERVICE = "ecs.amazonaws.com";

  @Override
  public List<Need> of(String action, Shape input, View view, Context context) {
    Request request = new Request(input, context.place());
    List<Need> needs = new ArrayList<>();
    for (String resource : resources(action, request, view, context)) {
      Need need = keys(Need.of(action, resource), request, view, context);
      needs.add(need.withResourceTags(ResourceTags.of(view, resource)));
    }
    addRoles(needs, request, view, context);
    addTagging(needs, action, request, view, context);
    return needs;
  }

  /**
   * What opening a session of an agent needs.
   *
   * @param action {@code ecs:Poll} or {@code ecs:StartTelemetrySession}
   * @param instanceArn as the agent names its instance; empty where it names none
   */
  public static Need session(String action, String instanceArn, View view) {
    ContainerInstance instance = view.find(ContainerInstance.KIND, instanceArn);
    return Need.of(action, instanceArn.isEmpty() ? Need.EVERYTHING : instanceArn)
        .with("ecs:cluster", instance == null ? null : instance.clusterArn())
        .withResourceTags(ResourceTags.of(view, instanceArn));
  }

  private static List<String> resources(
      String action, Request request, View view, Context context) {
    return switch (action.substring(action.indexOf(':') + 1)) {
      case "RunTask", "StartTask" -> startResources(action, request, view, context);
      case "StopTask", "ExecuteCommand" -> one(request, "task", "task");
      case "DescribeTasks", "GetTaskProtection", "UpdateTaskProtection" ->
          each(request, "task", request.texts("tasks"));
      case "CreateService", "DescribeExpressGatewayService" ->
          one(request, "service", "serviceName");
      case "UpdateService",
          "DeleteService",
          "ListServiceDeployments",
          "CreateTaskSet",
          "UpdateTaskSet",
          "DeleteTaskSet",
          "DescribeTaskSets",
          "UpdateServicePrimaryTaskSet" ->
          one(request, "service", "service");
      case "DescribeServices" -> each(request, "service", request.texts("services"));
      case "DescribeServiceDeployments" -> given(request.texts("serviceDeploymentArns"));
      case "DescribeServiceRevisions" -> given(request.texts("serviceRevisionArns"));
      case "StopServiceDeployment", "ContinueServiceDeployment" ->
          given(texts(request.text("serviceDeploymentArn")));
      case "DescribeClusters" -> clusters(request);
      case "UpdateCluster",
          "UpdateClusterSettings",
          "DeleteCluster",
          "PutClusterCapacityProviders",
          "RegisterContainerInstance",
          "DeregisterContainerInstance" ->
          List.of(request.clusterArn());
      case "DescribeContainerInstances", "UpdateContainerInstancesState" ->
          each(request, "container-instance", request.texts("containerInstances"));
      case "UpdateContainerAgent" -> one(request, "container-instance", "containerInstance");
      case "RegisterTaskDefinition" -> given(texts(family(request, request.text("family"))));
      case "DeleteTaskDefinitions" -> definitions(request, request.texts("taskDefinitions"));
      case "TagResource", "UntagResource", "ListTagsForResource" ->
          given(texts(request.text("resourceArn")));
      case "DeleteCapacityProvider", "UpdateCapacityProvider" -> provider(request);
      default -> List.of(Need.EVERYTHING);
    };
  }

  private static List<String> startResources(
      String action, Request request, View view, Context context) {
    List<String> resources = new ArrayList<>();
    resources.add(definition(view, context, Request.orEmpty(request.text("taskDefinition"))));
    if (action.endsWith("StartTask")) {
      resources.addAll(each(request, "container-instance", request.texts("containerInstances")));
    }
    return resources;
  }

  /** What cannot be found is asked about as it is named: whether it is there is not the door's. */
  private static String definition(View view, Context context, String identifier) {
    try {
      TaskDefinition found = TaskDefinitions.find(view, context, identifier).orElse(null);
      if (found != null) {
        return found.arn();
      }
    } catch (ServiceException notWellFormed) {
      // The operation itself says what is wrong with it.
      return named(context, identifier);
    }
    return named(context, identifier);
  }

  private static String named(Context context, String identifier) {
    return identifier.startsWith("arn:")
        ? identifier
        : context.place().ecs("task-definition/" + identifier);
  }

  private static @Nullable String family(Request request, @Nullable String family) {
    return family == null ? null : request.place().ecs("task-definition/" + family + ":*");
  }

  private static List<String> definitions(Request request, List<String> names) {
    List<String> arns = new ArrayList<>();
    for (String name : names) {
      arns.add(name.startsWith("arn:") ? name : request.place().ecs("task-definition/" + name));
    }
    return given(arns);
  }

  private static List<String> clusters(Request request) {
    List<String> arns = new ArrayList<>();
    for (String name : request.texts("clusters")) {
      arns.add(name.startsWith("arn:") ? name : request.place().ecs("cluster/" + name));
    }
    return arns.isEmpty() ? List.of(request.clusterArn()) : arns;
  }

  private static List<String> provider(Request request) {
    String name = request.text("capacityProvider");
    String provider = name == null ? request.text("name") : name;
    if (provider == null || provider.startsWith("arn:")) {
      return given(texts(provider));
    }
    return List.of(request.place().ecs("capacity-provider/" + provider));
  }

  private static List<String> one(Request request, String type, String member) {
    return each(request, type, texts(request.text(member)));
  }

  private static List<String> each(Request request, String type, List<String> names) {
    List<String> arns = new ArrayList<>();
    for (String name : names) {
      arns.add(request.inCluster(type, name));
    }
    return given(arns);
  }

  private static List<String> texts(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }

  private static List<String> given(List<String> arns) {
    return arns.isEmpty() ? List.of(Need.EVERYTHING) : arns;
  }

  private static Need keys(Need need, Request request, View view, Context context) {
    Need keyed = need;
    if (request.has("cluster")) {
      keyed = keyed.with("ecs:cluster", request.clusterArn());
    }
    String service = request.text("service");
    if (service == null) {
      service = request.text("serviceName");
    }
    if (service != null) {
      keyed = keyed.with("ecs:service", request.inCluster("service", service));
    }
    String definition = request.text("taskDefinition");
    if (definition != null) {
      keyed = keyed.with("ecs:task-definition", definition(view, context, definition));
    }
    String task = request.text("task");
    if (task != null) {
      keyed = keyed.with("ecs:task", request.inCluster("task", task));
    }
    keyed = options(keyed, request);
    List<String> instances = request.texts("containerInstances");
    if (!instances.isEmpty()) {
      keyed = keyed.with("ecs:container-instances", each(request, "container-instance", instances));
    }
    return keyed.withRequestTags(request.tags()).withTagKeys(request.texts("tagKeys"));
  }

  private static Need options(Need need, Request request) {
    Need keyed = need.with("ecs:container-name", request.text("container"));
    if (request.member("enableExecuteCommand") instanceof Boolean enabled) {
      keyed = keyed.with("ecs:enable-execute-command", enabled.toString());
    }
    if (request.has("volumeConfigurations")) {
      boolean volumes =
          request.member("volumeConfigurations") instanceof List<?> list && !list.isEmpty();
      keyed = keyed.with("ecs:enable-ebs-volumes", Boolean.toString(volumes));
    }
    if (need.action().contains("AccountSetting")) {
      keyed = keyed.with("ecs:account-setting", request.text("name"));
    }
    List<String> providers = request.providers();
    return providers.isEmpty() ? keyed : keyed.with("ecs:capacity-provider", providers);
  }

  private static void addRoles(List<Need> needs, Request request, View view, Context context) {
    if (request.shape() instanceof RegisterTaskDefinitionRequest register) {
      pass(needs, register.taskRoleArn(), TASKS, view, context);
      pass(needs, register.executionRoleArn(), TASKS, view, context);
    } else if (request.member("overrides") instanceof TaskOverride override) {
      pass(needs, override.taskRoleArn(), TASKS, view, context);
      pass(needs, override.executionRoleArn(), TASKS, view, context);
    }
    for (String role : request.roles()) {
      pass(needs, role, SERVICE, view, context);
    }
    pass(needs, request.text("role"), SERVICE, view, context);
    pass(needs, request.text("infrastructureRoleArn"), SERVICE, view, context);
  }

  private static void pass(
      List<Need> needs, @Nullable String role, String service, View view, Context context) {
    if (role == null || role.isEmpty()) {
      return;
    }
    IamRole row = view.find(IamRole.KIND, IamRole.keyOf(role));
    String arn = role.startsWith("arn:") ? role : row == null ? roleArn(context, role) : row.arn();
    needs.add(Need.of("iam:PassRole", arn).with("iam:PassedToService", service));
  }

  private static String roleArn(Context context, String name) {
    return "arn:"
        + context.place().partition()
        + ":iam::"
        + context.place().accountId()
        + ":role/"
        + name;
  }

  /** To make something with tags is to tag it, where the account's setting says so. */
  private static void addTagging(
      List<Need> needs, String action, Request request, View view, Context context) {
    String name = action.substring(action.indexOf(':') + 1);
    boolean makes =
        name.startsWith("Create")
            || name.startsWith("Register")
            || name.equals("RunTask")
            || name.equals("StartTask");
    if (!makes
        || request.tags().isEmpty()
        || !AccountSettings.effective(view, context, "tagResourceAuthorization").equals("on")) {
      return;
    }
    Need tagging = Need.of("ecs:TagResource", made(name, request));
    needs.add(tagging.with("ecs:CreateAction", name).withRequestTags(request.tags()));
  }

  /** The ARN of what is not made yet, as far as it can be known. */
  private static String made(String name, Request request) {
    return switch (name) {
      case "CreateCluster" -> request.clusterArn();
      case "CreateService" ->
          request.inCluster("service", Request.orEmpty(request.text("serviceName")));
      case "RegisterTaskDefinition" ->
          request.place().ecs("task-definition/" + request.text("family") + ":*");
      case "RegisterContainerInstance" -> request.inCluster("container-instance", "*");
      case "RunTask", "StartTask" -> request.inCluster("task", "*");
      case "CreateCapacityProvider" ->
          request.place().ecs("capacity-provider/" + request.text("name"));
      default -> Need.EVERYTHING;
    };
  }
}
