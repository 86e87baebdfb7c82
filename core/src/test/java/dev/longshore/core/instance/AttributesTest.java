package dev.longshore.core.instance;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Yard;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.AttributeLimitExceededException;
import dev.longshore.shapes.ecs.DeleteAttributesRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListAttributesRequest;
import dev.longshore.shapes.ecs.ListAttributesResponse;
import dev.longshore.shapes.ecs.PutAttributesRequest;
import dev.longshore.shapes.ecs.TargetNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttributesTest {
  private final Yard yard = new Yard();
  private String arn = "";

  @BeforeEach
  void open() {
    arn = yard.instance();
  }

  @Test
  void put_attributes_of_an_11th_custom_attribute_exceeds_the_limit() {
    for (int at = 0; at < 10; at++) {
      put(custom("a" + at, "v"));
    }
    assertThatThrownBy(() -> put(custom("a10", "v")))
        .isInstanceOf(AttributeLimitExceededException.class);
    put(custom("a3", "other"));
    assertThat(yard.instanceRow(arn).attribute("a3")).isEqualTo("other");
    assertThat(yard.instanceRow(arn).attribute("a10")).isNull();
  }

  @Test
  void put_attributes_values_with_a_leading_blank_129_characters_or_a_percent_are_invalid() {
    for (String wrong : List.of(" x", "x ", "v".repeat(129), "a%b")) {
      assertThatThrownBy(() -> put(custom("a", wrong)))
          .isInstanceOf(InvalidParameterException.class);
    }
    put(custom("a", "x y@z:/\\.-_"), custom("b", "v".repeat(128)));
    assertThat(yard.instanceRow(arn).attribute("a")).isEqualTo("x y@z:/\\.-_");
  }

  @Test
  void names_are_checked_and_those_of_ecs_are_reserved() {
    for (String wrong :
        List.of("", "a b", "n".repeat(129), "ecs.os-type", "com.amazonaws.ecs.capability.x")) {
      assertThatThrownBy(() -> put(custom(wrong, "v")))
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  @Test
  void put_attributes_on_an_unknown_instance_finds_no_target() {
    assertThatThrownBy(() -> put(new Attribute("a", "v", null, arn.replace("default/", "other/"))))
        .isInstanceOf(TargetNotFoundException.class);
    assertThatThrownBy(() -> put(new Attribute("a", "v", "container-instance", "0123")))
        .isInstanceOf(TargetNotFoundException.class);
  }

  @Test
  void a_short_id_needs_the_type_of_the_target() {
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    assertThatThrownBy(() -> put(new Attribute("a", "v", null, id)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> put(new Attribute("a", "v", "service", id)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> put(new Attribute("a", "v", null, null)))
        .isInstanceOf(InvalidParameterException.class);
    List<Attribute> answer = put(new Attribute("a", "v", "container-instance", id));
    assertThat(answer).containsExactly(new Attribute("a", "v", "container-instance", arn));
  }

  @Test
  void no_attribute_or_eleven_in_one_call_are_refused() {
    assertThatThrownBy(() -> put()).isInstanceOf(InvalidParameterException.class);
    Attribute[] eleven = new Attribute[11];
    Arrays.fill(eleven, custom("a", "v"));
    assertThatThrownBy(() -> put(eleven)).isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void attributes_are_deleted_by_name_and_value_and_absent_ones_are_harmless() {
    put(custom("a", "1"), custom("b", "2"), custom("c", null));
    assertThat(delete(custom("a", "other"), custom("zzz", null))).isEmpty();
    assertThat(delete(custom("a", "1"), custom("b", null), custom("c", null))).hasSize(3);
    assertThat(yard.instanceRow(arn).customAttributes()).isEmpty();
    assertThat(yard.instanceRow(arn).attribute("a")).isNull();
    assertThat(yard.instanceRow(arn).attribute("ecs.availability-zone")).isNotNull();
  }

  @Test
  void attributes_are_listed_by_exact_name_and_value_and_in_pages() {
    String second = yard.instance("us-east-1b", 1024, 1024);
    put(custom("stack", "prod"), new Attribute("stack", "test", null, second));
    assertThat(list(request -> request.attributeName("stack"))).hasSize(2);
    assertThat(list(request -> request.attributeName("stack").attributeValue("test")))
        .containsExactly(new Attribute("stack", "test", "container-instance", second));
    assertThat(list(request -> request.attributeName("sta"))).isEmpty();
    List<Attribute> all = list(request -> request);
    assertThat(all).hasSize(4);
    List<Attribute> seen = new ArrayList<>();
    ListAttributesResponse page = page(request -> request.maxResults(1));
    seen.addAll(known(page.attributes()));
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = page(request -> request.maxResults(1).nextToken(token));
      seen.addAll(known(page.attributes()));
    }
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void listing_needs_the_type_of_target_and_a_value_needs_a_name() {
    assertThatThrownBy(() -> list(request -> request.targetType("service")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> list(request -> request.attributeValue("v")))
        .isInstanceOf(InvalidParameterException.class);
  }

  private Attribute custom(String name, @Nullable String value) {
    return new Attribute(name, value, null, arn);
  }

  private List<Attribute> put(Attribute... attributes) {
    var request = PutAttributesRequest.builder().attributes(List.of(attributes)).build();
    return known(yard.harbour.call(new PutAttributes(), request).attributes());
  }

  private List<Attribute> delete(Attribute... attributes) {
    var request = DeleteAttributesRequest.builder().attributes(List.of(attributes)).build();
    return known(yard.harbour.call(new DeleteAttributes(), request).attributes());
  }

  private List<Attribute> list(UnaryOperator<ListAttributesRequest.Builder> with) {
    return known(page(with).attributes());
  }

  private ListAttributesResponse page(UnaryOperator<ListAttributesRequest.Builder> with) {
    var request = ListAttributesRequest.builder().targetType("container-instance");
    return yard.harbour.ask(new ListAttributes(), with.apply(request).build());
  }
}
