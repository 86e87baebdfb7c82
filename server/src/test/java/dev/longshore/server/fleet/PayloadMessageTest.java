package dev.longshore.server.fleet;

import static dev.longshore.server.fleet.FleetSite.OURS;
import static dev.longshore.server.fleet.ScriptedAgent.found;
import static dev.longshore.server.fleet.ScriptedAgent.masked;
import static dev.longshore.server.fleet.ScriptedAgent.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every field of a task's payload that a task definition can reach, by the letter. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class PayloadMessageTest {
  private FleetSite site;
  private ScriptedAgent agent;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    site = FleetSite.start(directory, FleetSettings.USUAL);
    agent = site.agent;
  }

  @AfterAll
  void stop() {
    site.close();
  }

  private static final String RICH =
      "{'family':'rich','cpu':'512','memory':'256','pidMode':'host','ipcMode':'none',"
          + "'executionRoleArn':'starter','volumes':[{'name':'bound','host':{'sourcePath':'/srv'}},"
          + "{'name':'fresh','host':{}},{'name':'shared','dockerVolumeConfiguration':"
          + "{'scope':'shared','autoprovision':true,'driver':'local','driverOpts':{'type':'tmpfs'},"
          + "'labels':{'a':'b'}}}],'containerDefinitions':[{'name':'init','image':'busybox:latest',"
          + "'essential':false,'cpu':64,'memoryReservation':32,'environment':["
          + "{'name':'A','value':'1'},{'name':'B','value':''}]},"
          + "{'name':'app','image':'busybox:1.36','essential':true,'cpu':128,'memory':128,"
          + "'memoryReservation':64,'entryPoint':['sh','-c'],'command':['httpd -f'],"
          + "'portMappings':[{'containerPort':80,'hostPort':8080},"
          + "{'containerPort':53,'protocol':'udp'},{'containerPortRange':'8000-8002'}],"
          + "'links':['init:i'],'volumesFrom':[{'sourceContainer':'init','readOnly':true}],"
          + "'mountPoints':[{'sourceVolume':'bound','containerPath':'/data','readOnly':true},"
          + "{'sourceVolume':'shared','containerPath':'/shared'}],"
          + "'dependsOn':[{'containerName':'init','condition':'COMPLETE'}],"
          + "'startTimeout':60,'stopTimeout':5,'user':'1000','workingDirectory':'/tmp',"
          + "'hostname':'h','interactive':true,'pseudoTerminal':true,'privileged':false,"
          + "'readonlyRootFilesystem':true,'dockerLabels':{'l':'v'},"
          + "'dnsServers':['10.0.0.2'],'dnsSearchDomains':['corp'],"
          + "'extraHosts':[{'hostname':'db','ipAddress':'10.0.0.9'}],"
          + "'dockerSecurityOptions':['no-new-privileges'],"
          + "'ulimits':[{'name':'nofile','softLimit':10,'hardLimit':20}],"
          + "'systemControls':[{'namespace':'net.core.somaxconn','value':'64'}],"
          + "'linuxParameters':{'capabilities':{'add':['SYS_PTRACE'],'drop':['MKNOD']},"
          + "'devices':[{'hostPath':'/dev/null','permissions':['read','write']}],"
          + "'initProcessEnabled':true,'sharedMemorySize':8,'maxSwap':16,'swappiness':10,"
          + "'tmpfs':[{'containerPath':'/t','size':4,'mountOptions':['noexec']}]},"
          + "'healthCheck':{'command':['CMD-SHELL','true'],'interval':10,'timeout':3,"
          + "'startPeriod':1,'retries':2},'logConfiguration':{'logDriver':'json-file',"
          + "'options':{'max-size':'1m'},'secretOptions':[{'name':'token','valueFrom':'/p'}]},"
          + "'secrets':[{'name':'S','valueFrom':"
          + "'arn:aws:secretsmanager:eu-west-1:123456789012:secret:s-abcdef'}],"
          + "'environmentFiles':[{'type':'s3','value':'arn:aws:s3:::bucket/key.env'}],"
          + "'restartPolicy':{'enabled':true,'ignoredExitCodes':[0]}}]}";

  private static final String INIT =
      "{'name':'init','image':'busybox:latest','containerArn':'"
          + OURS
          + "container/rich/ID/UUID','essential':false,'cpu':64,"
          + "'environment':{'AWS_EXECUTION_ENV':'AWS_ECS_EC2','A':'1','B':''},"
          + "'dockerConfig':{'config':'{}','hostConfig':'{^NetworkMode^:^bridge^,"
          + "^MemoryReservation^:33554432}','version':'1.21'}}";

  private static final String APP =
      "{'name':'app','image':'busybox:1.36','containerArn':'"
          + OURS
          + "container/rich/ID/UUID','essential':true,'cpu':128,'memory':128,"
          + "'command':['httpd -f'],'entryPoint':['sh','-c'],"
          + "'environment':{'AWS_EXECUTION_ENV':'AWS_ECS_EC2'},"
          + "'environmentFiles':[{'type':'s3','value':'arn:aws:s3:::bucket/key.env'}],"
          + "'secrets':[{'name':'S','valueFrom':"
          + "'arn:aws:secretsmanager:eu-west-1:123456789012:secret:s-abcdef',"
          + "'region':'eu-west-1','provider':'asm','type':'ENVIRONMENT_VARIABLE',"
          + "'target':'CONTAINER'},{'name':'token','valueFrom':'/p','region':'us-east-1',"
          + "'provider':'ssm','type':'BOOTSTRAP','target':'LOG_DRIVER'}],"
          + "'portMappings':[{'containerPort':80,'hostPort':8080,'protocol':'tcp'},"
          + "{'containerPort':53,'hostPort':0,'protocol':'udp'},"
          + "{'containerPortRange':'8000-8002','protocol':'tcp'}],'links':['init:i'],"
          + "'volumesFrom':[{'sourceContainer':'init','readOnly':true}],"
          + "'mountPoints':[{'sourceVolume':'bound','containerPath':'/data','readOnly':true},"
          + "{'sourceVolume':'shared','containerPath':'/shared','readOnly':false}],"
          + "'dependsOn':[{'containerName':'init','condition':'COMPLETE'}],"
          + "'startTimeout':60,'stopTimeout':5,'healthCheckType':'docker',"
          + "'restartPolicy':{'enabled':true,'ignoredExitCodes':[0],'restartAttemptPeriod':300},"
          + "'dockerConfig':{'config':'{^User^:^1000^,^WorkingDir^:^/tmp^,^Hostname^:^h^,"
          + "^OpenStdin^:true,^Tty^:true,^Labels^:{^l^:^v^},"
          + "^Healthcheck^:{^Test^:[^CMD-SHELL^,^true^],^Interval^:10000000000,"
          + "^Timeout^:3000000000,^StartPeriod^:1000000000,^Retries^:2}}',"
          + "'hostConfig':'{^NetworkMode^:^bridge^,^MemoryReservation^:67108864,"
          + "^Privileged^:false,^ReadonlyRootfs^:true,"
          + "^Ulimits^:[{^Name^:^nofile^,^Soft^:10,^Hard^:20}],^Dns^:[^10.0.0.2^],"
          + "^DnsSearch^:[^corp^],^SecurityOpt^:[^no-new-privileges^],"
          + "^ExtraHosts^:[^db:10.0.0.9^],^Sysctls^:{^net.core.somaxconn^:^64^},"
          + "^LogConfig^:{^Type^:^json-file^,^Config^:{^max-size^:^1m^}},"
          + "^CapAdd^:[^SYS_PTRACE^],^CapDrop^:[^MKNOD^],^Devices^:[{^PathOnHost^:^/dev/null^,"
          + "^PathInContainer^:^/dev/null^,^CgroupPermissions^:^rw^}],^Init^:true,"
          + "^ShmSize^:8388608,^Tmpfs^:{^/t^:^size=4m,noexec^},^MemorySwap^:150994944,"
          + "^MemorySwappiness^:10}','version':'1.21'}}";

  /** Single quotes stand for double ones, carets for those within a string. */
  private static String text(String quoted) {
    return quoted.replace('\'', '"').replace("^", "\\\"");
  }

  @Test
  void a_rich_task_is_told_of_field_by_field() throws IOException {
    String instance = agent.register(site.cluster("rich"));
    var _ = agent.ok("RegisterTaskDefinition", RICH);
    try (AgentSocket acs = agent.acs("rich", instance)) {
      site.awaitConnected(instance);
      String task = site.startTask("rich", instance, "rich");
      String payload = acs.message("PayloadMessage");
      assertThat(value("arn", payload)).isEqualTo(task);
      assertThat(masked(found("\"containers\":(.*)}]}}$", payload)))
          .isEqualTo(text("[" + INIT + "," + APP + "]"));
      assertThat(
              masked(found("\"tasks\":\\[(.*),\"containers\":\\[\\{\"name\"", payload))
                  .replaceAll(",\"executionRoleCredentials\":\\{[^}]*}", ""))
          .isEqualTo(
              text(
                  "{'arn':'"
                      + OURS
                      + "task/rich/ID','taskClusterArn':'"
                      + OURS
                      + "cluster/rich','family':'rich','version':'1','desiredStatus':'RUNNING',"
                      + "'networkMode':'bridge','launchType':'EXTERNAL','group':'family:rich',"
                      + "'cpu':0.5,'memory':256,'pidMode':'host','ipcMode':'none','volumes':["
                      + "{'name':'bound','type':'host','host':{'sourcePath':'/srv'}},"
                      + "{'name':'fresh','type':'host','host':{}},{'name':'shared',"
                      + "'type':'docker','dockerVolumeConfiguration':{'scope':'shared',"
                      + "'autoprovision':true,'driver':'local','driverOpts':{'type':'tmpfs'},"
                      + "'labels':{'a':'b'}}}]"));
    }
  }

  @Test
  void tasks_of_a_service_run_the_image_that_its_first_task_found() throws IOException {
    String instance = agent.register(site.cluster("pinned"));
    var _ =
        agent.ok(
            "RegisterTaskDefinition",
            "{'family':'pinned','containerDefinitions':[{'name':'app','memory':16,"
                + "'image':'127.0.0.1:5000/app:1'},{'name':'free','memory':16,"
                + "'image':'free:1','essential':false,'versionConsistency':'disabled'}]}");
    String service = "{'cluster':'pinned','serviceName':'s','taskDefinition':'pinned',";
    try (AgentSocket acs = agent.acs("pinned", instance)) {
      site.awaitConnected(instance);
      var _ = agent.ok("CreateService", service + "'desiredCount':1,'launchType':'EXTERNAL'}");
      String payload = acs.message("PayloadMessage");
      assertThat(payload).contains("\"image\":\"127.0.0.1:5000/app:1\"");
      FleetSite.acknowledge(acs, payload);
      var _ =
          agent.ok(
              "SubmitTaskStateChange",
              "{'cluster':'pinned','status':'RUNNING','task':'"
                  + value("arn", payload)
                  + "','containers':[{'containerName':'app','imageDigest':'sha256:e1',"
                  + "'status':'RUNNING'},{'containerName':'free','imageDigest':'sha256:e2',"
                  + "'status':'RUNNING'}]}");
      var _ = agent.ok("UpdateService", "{'cluster':'pinned','service':'s','desiredCount':2}");
      assertThat(acs.message("PayloadMessage"))
          .contains("\"image\":\"127.0.0.1:5000/app@sha256:e1\"", "\"image\":\"free:1\"");
    }
  }

  @Test
  void overrides_are_merged_before_the_agent_is_told() throws IOException {
    String instance = agent.register(site.cluster("merged"));
    var _ =
        agent.ok(
            "RegisterTaskDefinition",
            "{'family':'merged','networkMode':'host','containerDefinitions':[{'name':'app',"
                + "'image':'busybox:latest','memory':16,'command':['true'],"
                + "'environment':[{'name':'A','value':'1'},{'name':'B','value':'1'}]}]}");
    try (AgentSocket acs = agent.acs("merged", instance)) {
      site.awaitConnected(instance);
      var _ =
          site.startTask(
              "merged",
              instance,
              "merged",
              "'overrides':{'cpu':'256','containerOverrides':[{'name':'app','memory':32,"
                  + "'command':['sleep','1'],'environment':[{'name':'A','value':'2'}]}]},");
      assertThat(acs.message("PayloadMessage"))
          .contains(
              text("'cpu':0.25"),
              text("'memory':32"),
              text("'command':['sleep','1']"),
              text("'environment':{'AWS_EXECUTION_ENV':'AWS_ECS_EC2','A':'2','B':'1'}"),
              text("'networkMode':'host'"),
              text("'hostConfig':'{^NetworkMode^:^host^}'"))
          .doesNotContain("overrides");
    }
  }

  @Test
  void an_image_of_our_registry_comes_with_the_way_to_its_password() throws IOException {
    String instance = agent.register(site.cluster("registry"));
    String host = site.registry();
    var _ =
        agent.ok(
            "RegisterTaskDefinition",
            "{'family':'registry','executionRoleArn':'starter','containerDefinitions':["
                + "{'name':'ours','image':'"
                + host
                + "/app:1','memory':16},{'name':'theirs','image':'127.0.0.1:1/app:1','memory':16},"
                + "{'name':'secret','image':'"
                + host
                + "/app:2','memory':16,'repositoryCredentials':{'credentialsParameter':'s'}}]}");
    try (AgentSocket acs = agent.acs("registry", instance)) {
      site.awaitConnected(instance);
      var _ = site.startTask("registry", instance, "registry");
      String payload = acs.message("PayloadMessage");
      assertThat(payload)
          .contains(
              text(
                  "'registryAuthentication':{'type':'ecr','ecrAuthData':{"
                      + "'registryId':'123456789012','region':'us-east-1',"
                      + "'endpointOverride':'http://"
                      + host
                      + "','useExecutionRole':true}}"),
              text(
                  "'registryAuthentication':{'type':'asm','asmAuthData':{"
                      + "'credentialsParameter':'s','region':'us-east-1'}}"));
      assertThat(payload.split("registryAuthentication", -1)).hasSize(3);
    }
  }

  @Test
  void graphics_cards_log_routers_and_private_registries_are_told_of() throws IOException {
    String more =
        Registrations.request(
                site.cluster("special"),
                "'platformDevices':[{'id':'GPU-1','type':'GPU'},{'id':'GPU-2','type':'GPU'}],")
            .replace(
                "{'attributes':[",
                "{'attributes':[{'name':'ecs.capability.firelens.fluentbit'},"
                    + "{'name':'com.amazonaws.ecs.capability.logging-driver.awsfirelens'},");
    String instance = value("containerInstanceArn", agent.ok("RegisterContainerInstance", more));
    var _ =
        agent.ok(
            "RegisterTaskDefinition",
            "{'family':'special','executionRoleArn':'starter','containerDefinitions':["
                + "{'name':'router','image':'bit','memory':16,'firelensConfiguration':"
                + "{'type':'fluentbit','options':{'enable-ecs-log-metadata':'true'}}},"
                + "{'name':'app','image':'private/app','memory':16,"
                + "'repositoryCredentials':{'credentialsParameter':'login'},"
                + "'logConfiguration':{'logDriver':'awsfirelens'},"
                + "'resourceRequirements':[{'type':'GPU','value':'2'}]}]}");
    try (AgentSocket acs = agent.acs("special", instance)) {
      site.awaitConnected(instance);
      var _ = site.startTask("special", instance, "special");
      assertThat(acs.message("PayloadMessage"))
          .contains(
              text(
                  "'associations':[{'name':'GPU-1','type':'gpu','content':{'encoding':'',"
                      + "'value':''},'containers':['app']},{'name':'GPU-2','type':'gpu',"
                      + "'content':{'encoding':'','value':''},'containers':['app']}]"),
              text(
                  "'firelensConfiguration':{'type':'fluentbit',"
                      + "'options':{'enable-ecs-log-metadata':'true'}}"),
              text("^LogConfig^:{^Type^:^awsfirelens^"),
              text(
                  "'registryAuthentication':{'type':'asm','asmAuthData':"
                      + "{'credentialsParameter':'login','region':'us-east-1'}}"));
    }
  }
}
