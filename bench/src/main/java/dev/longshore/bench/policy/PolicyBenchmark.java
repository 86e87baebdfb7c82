package dev.longshore.bench.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.bench.report.Report;
import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.model.Tables;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Place;
import dev.longshore.core.policy.Decision;
import dev.longshore.core.policy.Inquiry;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.core.policy.PolicySet;
import dev.longshore.core.policy.Subject;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import dev.longshore.server.identity.PolicyPermissions;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import dev.longshore.wire.signature.Verification;
import dev.longshore.wire.signature.Verifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What a decision costs with fifty statements, and what a call costs before it is carried out. */
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {
  private static final int STATEMENTS = 50;
  private static final String ACCOUNT = "123456789012";
  private static final String USER = "arn:aws:iam::123456789012:user/anna";
  private static final String CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/blue";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final String document = document();
  private final PolicySet set =
      new PolicySet(List.of(PolicyReader.read(document, PolicyKind.IDENTITY)), null, null);
  private final Map<String, List<String>> keys = Map.of("ecs:cluster", List.of(CLUSTER));
  private final Subject subject = Subject.of(ACCOUNT, USER, null, "AIDAANNA");
  private final Inquiry allowed =
      new Inquiry(
          subject,
          "ecs:runtask",
          "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7",
          keys::get);
  private final Inquiry refused = new Inquiry(subject, "ecs:stoptask", "*", keys::get);

  private final Credentials credentials =
      Credentials.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  private final Verifier verifier =
      new Verifier(InstantSource.fixed(NOW), (id, token) -> credentials, "us-east-1"::equals);
  private final SignableRequest request = signed(credentials);
  private final PolicyPermissions permissions = permissions(document);
  private final Caller caller = new Caller(ACCOUNT, USER);
  private final Need need = Need.of("ecs:RunTask", allowed.resource()).with("ecs:cluster", CLUSTER);
  private final Circumstances circumstances = new Circumstances(NOW, "10.0.0.1", "cli", false);

  /** Statements about other actions, resources and conditions, then the one that allows. */
  private static String document() {
    List<String> statements = new ArrayList<>();
    for (int at = 0; at < STATEMENTS - 1; at++) {
      String action = at % 3 == 0 ? "ecs:Describe*" : at % 3 == 1 ? "ecr:*" : "ecs:RunTask";
      String resource = "arn:aws:ecs:us-east-1:123456789012:task-definition/app" + at + ":*";
      String effect = at % 10 == 9 ? "Deny" : "Allow";
      statements.add(
          "{'Effect':'" + effect + "','Action':'" + action + "','Resource':'" + resource + "'}");
    }
    statements.add(
        "{'Effect':'Allow','Action':'ecs:Run*','Resource':'arn:aws:ecs:*:*:task-definition/web:*',"
            + "'Condition':{'ArnEquals':{'ecs:cluster':'"
            + CLUSTER
            + "'}}}");
    return ("{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}")
        .replace('\'', '"');
  }

  private static PolicyPermissions permissions(String document) {
    Draft draft = Draft.on(Tables.empty());
    draft.put(
        IamUser.KIND,
        new IamUser(
            "anna",
            "/",
            "AIDAANNA",
            USER,
            NOW,
            Grants.NONE.withInline("own", document),
            List.of(),
            Map.of()));
    State state = draft.state();
    return new PolicyPermissions(() -> state, new Place("aws", "us-east-1", ACCOUNT));
  }

  private static SignableRequest signed(Credentials credentials) {
    byte[] body = "{\"cluster\":\"blue\",\"taskDefinition\":\"web:7\",\"count\":1}".getBytes(UTF_8);
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", "127.0.0.1:9090");
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", "AmazonEC2ContainerServiceV20141113.RunTask");
    SignableRequest plain = new SignableRequest("POST", "/", "", headers::get, body);
    headers.putAll(
        new Signer(credentials, "us-east-1", "ecs")
            .sign(plain, List.copyOf(headers.keySet()), NOW));
    return new SignableRequest("POST", "/", "", headers::get, body);
  }

  /** The last of fifty statements allows it. */
  @Benchmark
  public Decision allow() {
    return set.decide(allowed, null, false);
  }

  /** None of fifty statements allows it. */
  @Benchmark
  public Decision refuse() {
    return set.decide(refused, null, false);
  }

  /** The signature, then what the caller may do, by policies that are remembered. */
  @Benchmark
  public boolean door() {
    Verification verification = verifier.verify(request, "ecs");
    boolean passes =
        verification instanceof Verification.Verified
            && permissions.refusal(caller, need, circumstances) == null;
    if (!passes) {
      throw new IllegalStateException("The caller is known and allowed.");
    }
    return true;
  }

  /** Measures all of it in one JVM and adds the table. */
  public static void run(Report report) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(PolicyBenchmark.class.getName())
                    .forks(1)
                    .threads(1)
                    .warmupIterations(4)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    report.line("| | ns: least, mean, most of 5 | a second |");
    report.line("|---|---|---|");
    for (RunResult result : results) {
      var statistics = result.getPrimaryResult().getStatistics();
      report.line(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f · **%,.0f** · %,.0f | %,.0f |",
              label(result.getPrimaryResult().getLabel()),
              statistics.getMin(),
              statistics.getMean(),
              statistics.getMax(),
              1e9 / statistics.getMean()));
    }
  }

  private static String label(String name) {
    return switch (name) {
      case "allow" -> "a decision, the last of 50 statements allows";
      case "refuse" -> "a decision, none of 50 statements allows";
      default -> "signature and decision of a call of RunTask";
    };
  }
}
