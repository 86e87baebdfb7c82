package dev.longshore.core.taskdefinition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import dev.longshore.shapes.Type;
import dev.longshore.shapes.ecs.DescribeTaskDefinitionRequest;
import dev.longshore.shapes.ecs.DescribeTaskDefinitionResponse;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a client sends in a task definition comes back when it is described. */
class DefinitionsComeBackTest {
  private static final int SEEDS = 400;

  private final Harbour harbour = new Harbour();

  @Test
  void every_field_of_any_valid_definition_is_described_as_it_was_sent() {
    Set<String> seen = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      RegisterTaskDefinitionRequest sent = new AnyTaskDefinition(seed).next();
      harbour.call(new RegisterTaskDefinition(), sent);
      DescribeTaskDefinitionResponse response =
          harbour.ask(
              new DescribeTaskDefinition(),
              DescribeTaskDefinitionRequest.builder()
                  .taskDefinition(sent.family())
                  .include(List.of("TAGS"))
                  .build());
      Shape described = requireNonNull(response.taskDefinition());
      assertThat(response.tags()).isEqualTo(sent.tags() == null ? List.of() : sent.tags());
      assertSame("seed " + seed, sent.toBuilder().tags(null).build(), described, seen);
    }
    Set<String> all = new TreeSet<>();
    collect(RegisterTaskDefinitionRequest.SCHEMA, all);
    all.remove("RegisterTaskDefinitionRequest.tags");
    all.removeIf(member -> member.startsWith("InferenceAccelerator."));
    all.removeIf(member -> member.startsWith("Tag."));
    assertThat(seen).as("members that some definition had").isEqualTo(all);
  }

  @Test
  void a_description_registered_again_gives_an_equal_description() {
    for (int seed = 0; seed < 50; seed++) {
      RegisterTaskDefinitionRequest sent = new AnyTaskDefinition(seed).next();
      var first = requireNonNull(harbour.call(new RegisterTaskDefinition(), sent).taskDefinition());
      var again =
          sent.toBuilder()
              .containerDefinitions(requireNonNull(first.containerDefinitions()))
              .volumes(first.volumes())
              .placementConstraints(first.placementConstraints())
              .cpu(first.cpu())
              .memory(first.memory())
              .build();
      var second =
          requireNonNull(harbour.call(new RegisterTaskDefinition(), again).taskDefinition());
      assertThat(second.toBuilder().revision(1).taskDefinitionArn(null).build())
          .isEqualTo(first.toBuilder().revision(1).taskDefinitionArn(null).build());
    }
  }

  /** Every member of {@code sent} has the same value in {@code described}. */
  private static void assertSame(String where, Shape sent, Shape described, Set<String> seen) {
    for (Member member : sent.schema().members()) {
      Object value = sent.member(member.index());
      if (value == null) {
        continue;
      }
      seen.add(sent.schema().name() + '.' + member.name());
      String path = where + '.' + member.name();
      Member same = described.schema().named(member.name());
      assertThat(same).as(path).isNotNull();
      Object other = described.member(requireNonNull(same).index());
      if (sent instanceof RegisterTaskDefinitionRequest && isSize(member)) {
        assertThat(number(other)).as(path).isEqualTo(units(member, value.toString()));
      } else {
        assertSameValue(path, value, other, seen);
      }
    }
  }

  private static void assertSameValue(
      String path, Object sent, @Nullable Object described, Set<String> seen) {
    switch (sent) {
      case Shape shape -> {
        assertThat(described).as(path).isInstanceOf(Shape.class);
        assertSame(path, shape, (Shape) requireNonNull(described), seen);
      }
      case List<?> list -> {
        assertThat(described).as(path).isInstanceOf(List.class);
        List<?> others = (List<?>) requireNonNull(described);
        assertThat(others).as(path).hasSameSizeAs(list);
        for (int at = 0; at < list.size(); at++) {
          assertSameValue(
              path + '[' + at + ']', requireNonNull(list.get(at)), others.get(at), seen);
        }
      }
      default -> assertThat(described).as(path).isEqualTo(sent);
    }
  }

  private static boolean isSize(Member member) {
    return member.name().equals("cpu") || member.name().equals("memory");
  }

  private static int number(@Nullable Object text) {
    return Integer.parseInt(String.valueOf(text));
  }

  private static int units(Member member, String text) {
    return (member.name().equals("cpu") ? TaskSizes.cpu(text) : TaskSizes.memory(text))
        .orElseThrow();
  }

  private static void collect(Structure structure, Set<String> members) {
    for (Member member : structure.members()) {
      if (members.add(structure.name() + '.' + member.name())) {
        collect(member.type(), members);
      }
    }
  }

  private static void collect(Type type, Set<String> members) {
    switch (type) {
      case StructureType nested -> collect(nested.structure(), members);
      case ListType list -> collect(list.element().type(), members);
      default -> {
        // Scalars and maps of scalars have no members.
      }
    }
  }
}
