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

  private static final String LOGS = "logs:CreateLogStream logs:PutLogEvents";
  private static final String PULL =
      "ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer"
          + " ecr:BatchGetImage";

  private AwsPolicies() {}

  static {
    add("/", "AdministratorAccess", "v1", allow("*", "*"));
    add(
        "/",
        "PowerUserAccess",
        "v1",
        "{\"Effect\":\"Allow\",\"NotAction\":[\"iam:*\",\"organizations:*\",\"account:*\"],"
            + "\"Resource\":\"*\"}",
        allow(
            "iam:CreateServiceLinkedRole iam:DeleteServiceLinkedRole iam:ListRoles"
                + " organizations:DescribeOrganization account:ListRegions",
            "*"));
    add("/", "IAMFullAccess", "v1", allow("iam:*", "*"));
    add(
        "/",
        "IAMReadOnlyAccess",
        "v1",
        allow(
            "iam:GenerateCredentialReport iam:GenerateServiceLastAccessedDetails iam:Get*"
                + " iam:List* iam:SimulateCustomPolicy iam:SimulatePrincipalPolicy",
            "*"));
    add(
        "/",
        "ReadOnlyAccess",
        "v1",
        allow(
            "ecs:Describe* ecs:List* ecs:GetTaskProtection ecr:Describe* ecr:Get* ecr:List*"
                + " ecr:BatchGetImage ecr:BatchCheckLayerAvailability iam:Get* iam:List*"
                + " elasticloadbalancing:Describe* secretsmanager:List* secretsmanager:Describe*"
                + " ssm:Describe* ssm:Get* ssm:List* kms:Describe* kms:Get* kms:List* logs:Get*"
                + " logs:Describe* events:Describe* events:List* sts:GetCallerIdentity",
            "*"));
    addRolesOfEcs();
    addLinked();
    addAccessPolicies();
  }

  private static void addRolesOfEcs() {
    String role = "/service-role/";
    add(role, "AmazonECSTaskExecutionRolePolicy", "v1", allow(PULL + ' ' + LOGS, "*"));
    add(
        role,
        "AmazonEC2ContainerServiceforEC2Role",
        "v10",
        allow(
            "ec2:DescribeTags ecs:CreateCluster ecs:DeregisterContainerInstance"
                + " ecs:DiscoverPollEndpoint ecs:Poll ecs:RegisterContainerInstance"
                + " ecs:StartTelemetrySession ecs:UpdateContainerInstancesState ecs:Submit* "
                + PULL
                + ' '
                + LOGS,
            "*"),
        "{\"Effect\":\"Allow\",\"Action\":\"ecs:TagResource\",\"Resource\":\"*\",\"Condition\":"
            + "{\"StringEquals\":{\"ecs:CreateAction\":"
            + "[\"CreateCluster\",\"RegisterContainerInstance\"]}}}",
        allow(
            "ecs:ListTagsForResource",
            "arn:aws:ecs:*:*:task/*/* arn:aws:ecs:*:*:container-instance/*/*"));
    add(
        role,
        "AmazonEC2ContainerServiceRole",
        "v2",
        allow(
            "ec2:AuthorizeSecurityGroupIngress ec2:Describe*"
                + " elasticloadbalancing:DeregisterInstancesFromLoadBalancer"
                + " elasticloadbalancing:DeregisterTargets elasticloadbalancing:Describe*"
                + " elasticloadbalancing:RegisterInstancesWithLoadBalancer"
                + " elasticloadbalancing:RegisterTargets",
            "*"));
    add(
        role,
        "AmazonEC2ContainerServiceEventsRole",
        "v3",
        allow("ecs:RunTask", "*"),
        "{\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":\"*\",\"Condition\":"
            + "{\"StringLike\":{\"iam:PassedToService\":\"ecs-tasks.amazonaws.com\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"ecs:TagResource\",\"Resource\":\"*\",\"Condition\":"
            + "{\"StringEquals\":{\"ecs:CreateAction\":[\"RunTask\"]}}}");
    add(
        role,
        "AmazonECSInfrastructureRolePolicyForVolumes",
        "v1",
        "{\"Effect\":\"Allow\",\"Action\":[\"ec2:CreateVolume\",\"ec2:CreateTags\"],\"Resource\":"
            + "[\"arn:aws:ec2:*:*:volume/*\",\"arn:aws:ec2:*:*:snapshot/*\"],\"Condition\":"
            + "{\"ArnLike\":{\"aws:RequestTag/AmazonECSCreated\":\"arn:aws:ecs:*:*:task/*\"},"
            + "\"StringEquals\":{\"aws:RequestTag/AmazonECSManaged\":\"true\"}}}",
        allow("ec2:DescribeVolumes ec2:DescribeAvailabilityZones", "*"),
        "{\"Effect\":\"Allow\",\"Action\":[\"ec2:AttachVolume\",\"ec2:DetachVolume\","
            + "\"ec2:DeleteVolume\"],\"Resource\":\"*\",\"Condition\":{\"StringEquals\":"
            + "{\"aws:ResourceTag/AmazonECSManaged\":\"true\"}}}");
  }

  /** Those of the roles that services make for themselves. */
  private static void addLinked() {
    add(
        LINKED,
        "AmazonECSServiceRolePolicy",
        "v12",
        allow(
            "ec2:AttachNetworkInterface ec2:CreateNetworkInterface"
                + " ec2:CreateNetworkInterfacePermission ec2:DeleteNetworkInterface"
                + " ec2:DeleteNetworkInterfacePermission ec2:Describe* ec2:DetachNetworkInterface"
                + " elasticloadbalancing:DeregisterInstancesFromLoadBalancer"
                + " elasticloadbalancing:DeregisterTargets elasticloadbalancing:Describe*"
                + " elasticloadbalancing:RegisterInstancesWithLoadBalancer"
                + " elasticloadbalancing:RegisterTargets route53:ChangeResourceRecordSets"
                + " route53:CreateHealthCheck route53:DeleteHealthCheck route53:Get*"
                + " route53:List* route53:UpdateHealthCheck servicediscovery:*"
                + " autoscaling:Describe* autoscaling-plans:* cloudwatch:DescribeAlarms",
            "*"),
        allow(
            "logs:CreateLogGroup logs:DescribeLogGroups logs:PutRetentionPolicy",
            "arn:aws:logs:*:*:log-group:/aws/ecs/*"),
        allow("ssm:StartSession", "arn:aws:ecs:*:*:task/*"));
    add(
        LINKED,
        "AWSApplicationAutoscalingECSServicePolicy",
        "v1",
        allow(
            "ecs:DescribeServices ecs:UpdateService cloudwatch:PutMetricAlarm"
                + " cloudwatch:DescribeAlarms cloudwatch:DeleteAlarms",
            "*"));
  }

  private static void addAccessPolicies() {
    add(
        "/",
        "AmazonECS_FullAccess",
        "v21",
        allow(
            "ecs:* ecr:GetAuthorizationToken ecr:BatchGetImage ecr:GetDownloadUrlForLayer"
                + " elasticloadbalancing:* application-autoscaling:* autoscaling:Describe*"
                + " cloudwatch:DescribeAlarms cloudwatch:PutMetricAlarm cloudwatch:DeleteAlarms"
                + " cloudwatch:GetMetricStatistics logs:CreateLogGroup logs:DescribeLogGroups"
                + " logs:FilterLogEvents servicediscovery:* events:DescribeRule events:PutRule"
                + " events:PutTargets events:DeleteRule events:RemoveTargets ec2:Describe*"
                + " iam:ListAttachedRolePolicies iam:ListInstanceProfiles iam:ListRoles",
            "*"),
        "{\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":\"*\",\"Condition\":"
            + "{\"StringLike\":{\"iam:PassedToService\":\"ecs-tasks.amazonaws.com\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":"
            + "[\"arn:aws:iam::*:role/ecsInstanceRole*\"],\"Condition\":"
            + "{\"StringLike\":{\"iam:PassedToService\":\"ec2.amazonaws.com\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"iam:CreateServiceLinkedRole\",\"Resource\":\"*\","
            + "\"Condition\":{\"StringLike\":{\"iam:AWSServiceName\":[\"ecs.amazonaws.com\","
            + "\"autoscaling.amazonaws.com\",\"ecs.application-autoscaling.amazonaws.com\"]}}}");
    add(
        "/",
        "AmazonEC2ContainerRegistryReadOnly",
        "v3",
        allow(
            PULL
                + " ecr:GetRepositoryPolicy ecr:DescribeRepositories ecr:ListImages"
                + " ecr:DescribeImages ecr:GetLifecyclePolicy ecr:GetLifecyclePolicyPreview"
                + " ecr:ListTagsForResource ecr:DescribeImageScanFindings",
            "*"));
    add(
        "/",
        "AmazonEC2ContainerRegistryPowerUser",
        "v3",
        allow(
            PULL
                + " ecr:GetRepositoryPolicy ecr:DescribeRepositories ecr:ListImages"
                + " ecr:DescribeImages ecr:GetLifecyclePolicy ecr:GetLifecyclePolicyPreview"
                + " ecr:ListTagsForResource ecr:DescribeImageScanFindings"
                + " ecr:InitiateLayerUpload ecr:UploadLayerPart ecr:CompleteLayerUpload"
                + " ecr:PutImage",
            "*"));
    add("/", "AmazonEC2ContainerRegistryFullAccess", "v4", allow("ecr:*", "*"));
    add(
        "/",
        "SecretsManagerReadWrite",
        "v5",
        allow(
            "secretsmanager:* kms:DescribeKey kms:ListAliases kms:ListKeys tag:GetResources", "*"));
    add("/", "AmazonSSMReadOnlyAccess", "v1", allow("ssm:Describe* ssm:Get* ssm:List*", "*"));
    add("/", "AmazonSSMFullAccess", "v4", allow("ssm:*", "*"));
    add("/", "ElasticLoadBalancingFullAccess", "v9", allow("elasticloadbalancing:*", "*"));
    add(
        "/",
        "ElasticLoadBalancingReadOnly",
        "v3",
        allow("elasticloadbalancing:Describe* elasticloadbalancing:Get*", "*"));
  }

  private static String allow(String actions, String resources) {
    return "{\"Effect\":\"Allow\",\"Action\":"
        + list(actions)
        + ",\"Resource\":"
        + list(resources)
        + '}';
  }

  private static String list(String words) {
    return "[\"" + words.replace(" ", "\",\"") + "\"]";
  }

  private static void add(String path, String name, String version, String... statements) {
    String document =
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    String arn = PREFIX + path + name;
    Instant since = Instant.parse("2015-02-06T18:40:58Z");
    ALL.put(
        arn,
        new ManagedPolicy(
            arn,
            name,
            path,
            id(name),
            null,
            since,
            since,
            version,
            List.of(new ManagedPolicy.Version(version, document, since)),
            Integer.parseInt(version.substring(1)),
            Collections.emptyMap()));
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
  static @Nullable ManagedPolicy row(String arn) {
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
