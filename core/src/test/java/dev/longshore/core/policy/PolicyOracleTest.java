package dev.longshore.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.policy.PlainPolicy.Call;
import dev.longshore.core.policy.PlainPolicy.PlainCondition;
import dev.longshore.core.policy.PlainPolicy.PlainStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyOracleTest {
  private static final int CASES = 120_000;
  private static final int CALLS_PER_CASE = 4;

  private static final String ACCOUNT = "123456789012";
  private static final String ROLE = "arn:aws:iam::123456789012:role/path/web";
  private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/web/one";
  private static final String USER = "arn:aws:iam::123456789012:user/anna";
  private static final List<String> ACTIONS =
      List.of("ecs:RunTask", "ecs:StopTask", "ecs:ListTasks", "ecr:GetImage", "iam:PassRole");
  private static final List<String> RESOURCES =
      List.of(
          "*",
          "arn:aws:ecs:us-east-1:123456789012:task/anna/1",
          "arn:aws:ecs:us-east-1:123456789012:task/blue/*",
          "arn:aws:ecs:us-east-1:123456789012:cluster/blue",
          "arn:aws:iam::123456789012:role/web");

  /** A key, its values in calls, and what policies compare it with. */
  private record Compare(String key, List<String> operators, List<String> values) {}

  private static final List<Compare> KEYS =
      List.of(
          new Compare(
              "aws:username",
              List.of("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
              List.of("anna", "Anna", "an*", "?nna", "${aws:username}", "${missing, 'anna'}", "*")),
          new Compare(
              "aws:PrincipalTag/team",
              List.of("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike"),
              List.of("blue", "BLUE", "bl*", "${aws:PrincipalTag/team}", "${*}", "${missing}")),
          new Compare(
              "aws:TagKeys",
              List.of("StringEquals", "StringNotEquals", "StringLike"),
              List.of("owner", "cost", "team", "o*")),
          new Compare(
              "x:count",
              List.of(
                  "NumericEquals",
                  "NumericNotEquals",
                  "NumericLessThan",
                  "NumericLessThanEquals",
                  "NumericGreaterThan",
                  "NumericGreaterThanEquals"),
              List.of("1", "2", "2.0", "3", "-1", "many")),
          new Compare(
              "aws:CurrentTime",
              List.of(
                  "DateEquals",
                  "DateNotEquals",
                  "DateLessThan",
                  "DateLessThanEquals",
                  "DateGreaterThan",
                  "DateGreaterThanEquals"),
              List.of("2026-01-01T00:00:00Z", "2026-06-01T12:30:00Z", "2027-01-01T00:00:00Z")),
          new Compare("aws:SecureTransport", List.of("Bool"), List.of("true", "false", "TRUE")),
          new Compare(
              "aws:SourceIp",
              List.of("IpAddress", "NotIpAddress"),
              List.of("10.0.0.0/8", "10.1.2.3", "192.168.0.0/17", "0.0.0.0/0")),
          new Compare(
              "ecs:cluster",
              List.of("ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"),
              List.of(
                  "arn:aws:ecs:us-east-1:123456789012:cluster/blue",
                  "arn:aws:ecs:*:*:cluster/*",
                  "arn:aws:ecs:us-east-1:123456789012:cluster/${aws:username}",
                  "arn:*:cluster/blue",
                  "blue")),
          new Compare("x:data", List.of("BinaryEquals"), List.of("QUJD", "QUJE")),
          new Compare("aws:username", List.of("Null"), List.of("true", "false")));

  private static final Map<String, List<String>> GIVEN =
      Map.of(
          "aws:username", List.of("anna", "blue", "an*"),
          "aws:principaltag/team", List.of("blue", "Blue", "red", "*"),
          "aws:tagkeys", List.of("owner", "cost", "team"),
          "x:count", List.of("1", "2", "2.00", "-1", "x"),
          "aws:currenttime", List.of("2026-06-01T12:30:00Z", "2025-01-01T00:00:00Z"),
          "aws:securetransport", List.of("true", "false"),
          "aws:sourceip", List.of("10.1.2.3", "192.168.130.1", "192.168.1.1"),
          "ecs:cluster",
              List.of("arn:aws:ecs:us-east-1:123456789012:cluster/blue", "arn:aws:ecs:x:y:z/anna"),
          "x:data", List.of("QUJD", "other"));

  @Test
  void the_engine_decides_as_the_plain_evaluator_does() {
    long allowed = 0;
    for (int seed = 0; seed < CASES / CALLS_PER_CASE; seed++) {
      allowed += decideAlike(new Random(seed), seed);
    }
    assertThat(allowed).isBetween(CASES / 20L, CASES * 19L / 20);
  }

  private static long decideAlike(Random random, long seed) {
    List<PlainPolicy> identity = new ArrayList<>();
    for (int count = random.nextInt(3); count >= 0; count--) {
      identity.add(policy(random, false));
    }
    PlainPolicy boundary = random.nextInt(3) == 0 ? policy(random, false) : null;
    PlainPolicy session = random.nextInt(3) == 0 ? policy(random, false) : null;
    PlainPolicy resource = random.nextInt(3) == 0 ? policy(random, true) : null;
    boolean decides = resource != null && random.nextBoolean();
    PolicySet set =
        new PolicySet(
            identity.stream().map(each -> read(each, PolicyKind.IDENTITY)).toList(),
            boundary == null ? null : read(boundary, PolicyKind.IDENTITY),
            session == null ? null : List.of(read(session, PolicyKind.IDENTITY)));
    Policy compiled = resource == null ? null : read(resource, PolicyKind.RESOURCE);
    long allowed = 0;
    for (int call = 0; call < CALLS_PER_CASE; call++) {
      Call asked = call(random);
      boolean plain = PlainPolicy.allowed(identity, boundary, session, resource, decides, asked);
      Inquiry inquiry =
          new Inquiry(
              asked.subject(),
              asked.action().toLowerCase(Locale.ROOT),
              asked.resource(),
              asked.keys()::get);
      Decision decision = set.decide(inquiry, compiled, decides);
      assertThat(decision.allowed())
          .as("seed %s: %s asked of %s, %s", seed, asked, identity, resource)
          .isEqualTo(plain);
      allowed += plain ? 1 : 0;
    }
    return allowed;
  }

  private static Policy read(PlainPolicy policy, PolicyKind kind) {
    return PolicyReader.read(policy.json(), kind);
  }

  private static Call call(Random random) {
    Map<String, List<String>> keys = new TreeMap<>();
    for (Map.Entry<String, List<String>> each : new TreeMap<>(GIVEN).entrySet()) {
      int several = each.getKey().equals("aws:tagkeys") ? 1 + random.nextInt(3) : 1;
      List<String> values = new ArrayList<>();
      for (int count = 0; count < several; count++) {
        values.add(one(random, each.getValue()));
      }
      if (random.nextInt(4) > 0) {
        keys.put(each.getKey(), values);
      }
    }
    Subject subject =
        random.nextBoolean()
            ? Subject.of(ACCOUNT, USER, null, "AIDA")
            : Subject.of(ACCOUNT, SESSION, ROLE, "AROA");
    return new Call(subject, one(random, ACTIONS), one(random, RESOURCES), keys);
  }

  private static PlainPolicy policy(Random random, boolean principals) {
    List<PlainStatement> statements = new ArrayList<>();
    for (int count = random.nextInt(4); count >= 0; count--) {
      statements.add(
          new PlainStatement(
              random.nextInt(4) == 0,
              principals ? principals(random) : null,
              principals && random.nextInt(6) == 0,
              some(random, ACTIONS),
              random.nextInt(5) == 0,
              resources(random),
              random.nextInt(6) == 0,
              conditions(random)));
    }
    return new PlainPolicy(statements);
  }

  private static List<String> principals(Random random) {
    List<String> all = List.of("*", ACCOUNT, ROLE, SESSION, USER);
    return List.of(one(random, all), one(random, all.subList(1, 5)));
  }

  private static List<String> some(Random random, List<String> from) {
    List<String> some = new ArrayList<>();
    for (int count = random.nextInt(3); count >= 0; count--) {
      some.add(random.nextInt(4) == 0 ? "*" : action(random, one(random, from)));
    }
    return some;
  }

  private static String action(Random random, String action) {
    int colon = action.indexOf(':') + 1;
    int cut = colon + random.nextInt(action.length() - colon);
    return switch (random.nextInt(4)) {
      case 0 -> action.substring(0, cut) + "*";
      case 1 -> action.substring(0, cut) + "?" + action.substring(cut + 1);
      case 2 -> action.substring(0, colon) + action.substring(colon).toUpperCase(Locale.ROOT);
      default -> action;
    };
  }

  private static List<String> resources(Random random) {
    List<String> some = new ArrayList<>();
    for (int count = random.nextInt(2); count >= 0; count--) {
      some.add(
          switch (random.nextInt(6)) {
            case 0 -> "arn:aws:ecs:*:*:task/${aws:username}/*";
            case 1 -> "arn:aws:ecs:us-east-1:123456789012:?????*/b*";
            case 2 -> "arn:aws:*e";
            case 3 -> "*";
            case 4 -> "arn:aws:ecs:us-east-1:123456789012:task/${missing, 'blue'}/${*}";
            default -> one(random, RESOURCES);
          });
    }
    return some;
  }

  private static List<PlainCondition> conditions(Random random) {
    List<PlainCondition> conditions = new ArrayList<>();
    List<String> used = new ArrayList<>();
    for (int count = random.nextInt(3); count > 0; count--) {
      Compare subject = KEYS.get(random.nextInt(KEYS.size()));
      String operator = one(random, subject.operators());
      boolean isNull = operator.equals("Null");
      String prefix = isNull ? "" : one(random, List.of("", "", "ForAllValues:", "ForAnyValue:"));
      String suffix = isNull || random.nextInt(4) > 0 ? "" : "IfExists";
      List<String> values = new ArrayList<>();
      for (int many = random.nextInt(3); many >= 0; many--) {
        values.add(one(random, subject.values()));
      }
      String name = prefix + operator + suffix;
      if (!used.contains(name)) {
        used.add(name);
        conditions.add(new PlainCondition(prefix, operator, suffix, subject.key(), values));
      }
    }
    return conditions;
  }

  private static <T extends @Nullable Object> T one(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
