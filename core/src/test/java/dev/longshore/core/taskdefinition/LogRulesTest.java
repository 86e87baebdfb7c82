package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.container;
import static dev.longshore.core.taskdefinition.Definitions.web;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.LogConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogRulesTest {
  private final Definitions definitions = new Definitions(new Harbour());

  @Test
  void awslogs_is_told_which_options_it_lacks() {
    definitions
        .refused(web(app().logConfiguration(log("awslogs", Map.of()))))
        .withMessage("Log driver awslogs requires options: awslogs-region, awslogs-group");
    definitions
        .refused(web(app().logConfiguration(log("awslogs", Map.of("awslogs-region", "r")))))
        .withMessage("Log driver awslogs requires options: awslogs-group");
    definitions.register(
        web(
            app()
                .logConfiguration(
                    log("awslogs", Map.of("awslogs-region", "r", "awslogs-group", "g")))));
  }

  @Test
  void an_unknown_log_driver_is_refused() {
    definitions
        .refused(web(app().logConfiguration(log("logentries", Map.of()))))
        .withMessageStartingWith("logentries is not a valid log driver. Must be one of [");
  }

  @Test
  void awsfirelens_needs_a_router() {
    var sender = app().logConfiguration(log("awsfirelens", Map.of()));
    definitions
        .refused(web(sender))
        .withMessage(
            "When awsfirelens log driver is specified in log configuration, a firelens"
                + " configuration object must be specified");
    definitions.register(web(sender, router(Map.of())));
  }

  @Test
  void a_routers_file_in_s3_is_named_by_its_arn() {
    definitions
        .refused(web(router(Map.of("config-file-type", "s3", "config-file-value", "s3://b/f"))))
        .withMessage("Invalid arn syntax");
    definitions.refused(web(router(Map.of("config-file-type", "ftp"))));
    definitions.register(
        web(router(Map.of("config-file-type", "file", "config-file-value", "/f"))));
    definitions.register(
        web(router(Map.of("config-file-type", "s3", "config-file-value", "arn:aws:s3:::b/f"))));
  }

  private static ContainerDefinition.Builder router(Map<String, String> options) {
    return container("router")
        .firelensConfiguration(
            FirelensConfiguration.builder().type("fluentbit").options(options).build());
  }

  private static LogConfiguration log(String driver, Map<String, String> options) {
    return LogConfiguration.builder().logDriver(driver).options(options).build();
  }
}
