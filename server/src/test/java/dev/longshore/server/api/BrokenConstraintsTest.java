package dev.longshore.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Caller;
import dev.longshore.shapes.Bounds;
import dev.longshore.shapes.Kind;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ScalarType;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Type;
import dev.longshore.shapes.ecr.Ecr;
import dev.longshore.shapes.ecs.Ecs;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each constraint that the models put on a member of a request is broken, one after the other. */
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class BrokenConstraintsTest {
  /** So long that no list or text of a request may be longer; a model's own limit may be. */
  private static final long LONGEST_TRIED = 100_000;

  private static final String ODD = "~\\u0001 ~";

  private final Map<String, Integer> kinds = new TreeMap<>();
  private ServedExample served;

  @BeforeEach
  void start() throws IOException {
    Endpoint nothing =
        (operation, input, caller) ->
            CompletableFuture.completedFuture(operation.output().builder().build());
    served =
        new ServedExample(
            List.of(
                new ServedApi(Ecs.MODEL, operation -> true, nothing),
                new ServedApi(Ecr.MODEL, operation -> true, nothing)),
            Authentication.off(Caller.root("123456789012")),
            Version.HTTP_1_1);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void every_constraint_on_a_member_is_kept_whatever_its_kind() throws Exception {
    for (ServiceModel model : List.of(Ecs.MODEL, Ecr.MODEL)) {
      for (OperationModel operation : model.operations().values()) {
        for (Member member : operation.input().members()) {
          if (member.isRequired()) {
            refused(model, operation, member, "required", "null");
          }
          breakBounds(model, operation, member);
          breakText(model, operation, member);
        }
      }
    }
    assertThat(kinds).containsOnlyKeys("enum", "least", "most", "pattern", "required");
    assertThat(kinds.values()).allMatch(count -> count > 5);
  }

  private void breakBounds(ServiceModel model, OperationModel operation, Member member)
      throws Exception {
    Bounds bounds = member.type().bounds();
    Long min = bounds.min();
    if (min != null && (min > 0 || isNumber(member.kind()))) {
      refused(model, operation, member, "least", sized(member.type(), min - 1));
    }
    Long max = bounds.max();
    if (max != null && max < LONGEST_TRIED) {
      refused(model, operation, member, "most", sized(member.type(), max + 1));
    }
  }

  private void breakText(ServiceModel model, OperationModel operation, Member member)
      throws Exception {
    if (member.type() instanceof ScalarType scalar) {
      if (scalar.isEnum()) {
        refused(model, operation, member, "enum", "\"NO_SUCH_VALUE\"");
      }
      Pattern pattern = scalar.compiledPattern();
      if (pattern != null && !pattern.matcher("~\u0001 ~").matches()) {
        refused(model, operation, member, "pattern", '"' + ODD + '"');
      }
    }
  }

  private static boolean isNumber(Kind kind) {
    return kind == Kind.INTEGER || kind == Kind.LONG || kind == Kind.DOUBLE || kind == Kind.FLOAT;
  }

  /** A value of that size, as JSON. */
  private static String sized(Type type, long size) {
    if (isNumber(type.kind())) {
      return Long.toString(size);
    }
    if (type instanceof ListType list) {
      String element = list.element().kind() == Kind.STRUCTURE ? "{}" : "\"x\"";
      return "[" + String.join(",", Collections.nCopies((int) size, element)) + "]";
    }
    return '"' + "x".repeat((int) size) + '"';
  }

  private void refused(
      ServiceModel model, OperationModel operation, Member member, String kind, String value)
      throws Exception {
    String body = "{\"" + member.name() + "\":" + value + "}";
    var answer =
        served.send(
            served
                .draft(operation.name(), body)
                .with("x-amz-target", model.targetPrefix() + '.' + operation.name()));
    String what = model.name() + "." + operation + " " + kind + " " + member.name();
    assertThat(answer.statusCode()).as("%s: %s", what, answer.body()).isEqualTo(400);
    assertThat(answer.body())
        .as(what)
        .containsPattern("\\{\"__type\":\"(InvalidParameterException|ClientException)\"")
        .containsPattern(
            "'"
                + member.name()
                + "(\\.[^']*)?' failed to satisfy constraint|should be one of"
                + "|Invalid parameter at '");
    kinds.merge(kind, 1, Integer::sum);
  }
}
