package dev.longshore.bench.placement;

import dev.longshore.bench.report.Report;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.core.placement.language.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What it costs to understand an expression, and to ask one instance. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExpressionBenchmark {
  /** By name; the last two are what a caller can do worst. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "equals", "attribute:stack == prod",
          "regular", "attribute:ecs.instance-type =~ m6g\\..*",
          "compound",
              "(attribute:stack == prod or attribute:disk == ssd) and"
                  + " attribute:ecs.availability-zone in [us-east-1a, us-east-1b] and"
                  + " agentVersion >= 1.80.0 and not(task:group == database)",
          "chain", "attribute:stack == x" + " or attribute:stack == y".repeat(80),
          "worst", "attribute:long =~ '(.*)*x{900}'");

  /** Which expression. */
  @Param({"equals", "regular", "compound", "chain", "worst"})
  public String expression = "";

  private String text = "";
  private @Nullable Expression compiled;
  private final Subject subject = new Instance();

  /** Compiles it once, for matching. */
  @Setup
  public void compileOnce() {
    text = TEXTS.getOrDefault(expression, "");
    compiled = Expression.compile(text);
  }

  /** Understands it. */
  @Benchmark
  public Expression compile() {
    return Expression.compile(text);
  }

  /** Asks it. */
  @Benchmark
  public boolean match() {
    return compiled != null && compiled.matches(subject);
  }

  private record Instance(Map<String, String> attributes) implements Subject {
    Instance() {
      this(new HashMap<>());
      attributes.put("stack", "prod");
      attributes.put("ecs.instance-type", "m6g.2xlarge");
      attributes.put("ecs.availability-zone", "us-east-1b");
      attributes.put("long", "x".repeat(255));
    }

    @Override
    public @Nullable String attribute(String name) {
      return attributes.get(name);
    }

    @Override
    public boolean agentConnected() {
      return true;
    }

    @Override
    public String agentVersion() {
      return "1.101.2";
    }

    @Override
    public String ec2InstanceId() {
      return "i-0123456789abcdef0";
    }

    @Override
    public Instant registeredAt() {
      return Instant.EPOCH;
    }

    @Override
    public int runningTasksCount() {
      return 3;
    }

    @Override
    public boolean hasTaskOf(Predicate<String> group) {
      return List.of("service:web", "service:shop", "family:batch").stream().anyMatch(group);
    }
  }

  /** Measures both in one JVM of its own and adds the table. */
  public static void run(Report report) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(ExpressionBenchmark.class.getName())
                    .forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.milliseconds(500))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.milliseconds(500))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    report.line("| expression | length | | ns: least, mean, most of 5 |");
    report.line("|---|---|---|---|");
    for (RunResult result : results) {
      String name = result.getParams().getParam("expression");
      report.line(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %s | %,.0f · **%,.0f** · %,.0f |",
              name,
              TEXTS.getOrDefault(name, "").length(),
              result.getPrimaryResult().getLabel(),
              result.getPrimaryResult().getStatistics().getMin(),
              result.getPrimaryResult().getScore(),
              result.getPrimaryResult().getStatistics().getMax()));
    }
    report.line("");
    report.line(
        "*chain* is of 81 comparisons; *worst* is as large a regular expression as is allowed,"
            + " against 255 letters.");
    report.line("");
  }
}
