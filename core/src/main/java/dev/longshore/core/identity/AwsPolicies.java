package dev.longshore.core.identity;

import dev.longshore.core.model.ManagedPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The managed policies of AWS's own that users of ECS name; they stand in no table. */
public final class AwsPolicies {
  private static final String PREFIX = "arn:aws:iam::aws:policy";
  private static final Map<String, ManagedPolicy> ALL = new TreeMap<>();

  /** What the name of a policy that belongs to a service's role has in its path. */
  private static final String LINKED = "/aws-service-role/";

  private AwsPolicies() {}

  static {
    add(row("/AdministratorAccess", "v1", "2015-02-06T18:39:46Z", everything("*")));
    // The one policy that is not whole: AWS's names every service that there is.
    add(
        row(
            "/ReadOnlyAccess",
            "v1",
            "2015-02-06T18:39:48Z",
            everything(
                "ecs:Describe*",
                "ecs:List*",
                "ecs:GetTaskProtection",
                "ecr:Describe*",
                "ecr:Get*",
                "ecr:List*",
                "ecr:BatchGetImage",
                "ecr:BatchCheckLayerAvailability",
                "iam:Get*",
                "iam:List*",
                "elasticloadbalancing:Describe*",
                "secretsmanager:List*",
                "secretsmanager:Describe*",
                "ssm:Describe*",
                "ssm:Get*",
                "ssm:List*",
                "kms:Describe*",
                "kms:Get*",
                "kms:List*",
                "logs:Get*",
                "logs:Describe*",
                "events:Describe*",
                "events:List*",
                "sts:GetCallerIdentity")));
    EcsRolePolicies.all().forEach(AwsPolicies::add);
    LinkedRolePolicies.all().forEach(AwsPolicies::add);
    AccessPolicies.all().forEach(AwsPolicies::add);
  }

  private static void add(ManagedPolicy policy) {
    ALL.put(policy.arn(), policy);
  }

  /** A document that allows these actions on everything. */
  private static String everything(String... actions) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\""
        + String.join("\",\"", actions)
        + "\"],\"Resource\":\"*\"}]}";
  }

  /**
   * A policy of AWS's own.
   *
   * @param name with its path
   * @param version the newest, the only one that is known here
   * @param since when that version was made
   */
  static ManagedPolicy row(String name, String version, String since, String document) {
    String arn = PREFIX + name;
    int slash = name.lastIndexOf('/') + 1;
    Instant made = Instant.parse(since);
    return new ManagedPolicy(
        arn,
        name.substring(slash),
        name.substring(0, slash),
        id(name.substring(slash)),
        null,
        made,
        made,
        version,
        List.of(new ManagedPolicy.Version(version, document, made)),
        Integer.parseInt(version.substring(1)),
        Collections.emptyMap());
  }

  /** An id that follows from the name, for there is nobody to have drawn one. */
  private static String id(String name) {
    StringBuilder id = new StringBuilder("ANPA");
    long bits = name.hashCode();
    for (int letter = 0; letter < 17; letter++) {
      bits = bits * 6364136223846793005L + 1442695040888963407L;
      id.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt((int) (bits >>> 59)));
    }
    return id.toString();
  }

  /** The policy of that ARN; null where AWS has none, or none that is known here. */
  static @Nullable ManagedPolicy find(String arn) {
    return ALL.get(arn);
  }

  static Collection<ManagedPolicy> all() {
    return new ArrayList<>(ALL.values());
  }

  /** Whether only a service's own role may have it. */
  static boolean linked(String arn) {
    return arn.startsWith(PREFIX + LINKED);
  }

  /** A trust that lets in one service of AWS. */
  public static String trust(String service) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + "{\"Service\":\""
        + service
        + "\"},\"Action\":\"sts:AssumeRole\"}]}";
  }
}
