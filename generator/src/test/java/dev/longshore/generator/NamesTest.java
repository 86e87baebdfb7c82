package dev.longshore.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "cluster, cluster",
    "LoadBalancerArn, loadBalancerArn",
    "ARN, arn",
    "VPCZoneIdentifier, vpcZoneIdentifier",
    "EC2InstanceId, ec2InstanceId",
    "S3Bucket, s3Bucket",
    "enableECSManagedTags, enableECSManagedTags",
    "class, class_",
    "Default, default_",
    "_, __",
    "toString, toString_",
    "schema, schema_",
    "builder, builder_",
    "some-name, some_name",
    "2nd, _2nd"
  })
  void members_become_accessors(String member, String accessor) {
    assertThat(Names.accessors(List.of(member))).containsEntry(member, accessor);
  }

  @Test
  void accessors_that_would_be_equal_are_told_apart() {
    assertThat(Names.accessors(List.of("Name", "name", "NAME")).values())
        .containsExactly("name", "name_", "name__");
  }

  @Test
  void classes_avoid_names_that_the_templates_use_and_each_other() {
    var classes =
        Names.classes("Ecs", List.of("Builder", "Object", "String", "List", "ecs", "Tag", "TAG"));
    assertThat(classes.values())
        .containsExactly(
            "BuilderShape",
            "ObjectShape",
            "StringShape",
            "ListShape",
            "EcsShape",
            "Tag",
            "TAGShape");
    assertThat(classes.values().stream().map(name -> name.toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  @Test
  void odd_values_of_enums_become_constants() {
    var values =
        List.of(
            "EC2", "awsvpc", "distinctInstance", "no-new-privileges", "1.0", "*", "?", "VALUES");
    assertThat(Names.constants(values).values())
        .containsExactly(
            "EC2",
            "AWSVPC",
            "DISTINCT_INSTANCE",
            "NO_NEW_PRIVILEGES",
            "_1_0",
            "VALUE",
            "VALUE_2",
            "VALUES_2");
  }

  @Test
  void services_become_packages_and_classes() {
    assertThat(Names.packageSegment("application-autoscaling")).isEqualTo("applicationautoscaling");
    assertThat(Names.serviceClass("application-autoscaling")).isEqualTo("ApplicationAutoscaling");
  }

  @Test
  void fields_avoid_keywords_and_types() {
    assertThat(Names.field("double")).isEqualTo("double_");
    assertThat(Names.field("Kind")).isEqualTo("Kind_");
    assertThat(Names.field("String")).isEqualTo("String");
  }
}
