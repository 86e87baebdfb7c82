package dev.longshore.core.identity;

import dev.longshore.core.model.ManagedPolicy;
import java.util.List;

/** Those that people are given: of ECS, ECR, logs, parameters, secrets and load balancers. */
final class AccessPolicies {
  private static final ManagedPolicy AWS_SECRETS_MANAGER_CLIENT_READ_ONLY_ACCESS =
      AwsPolicies.row(
          "/AWSSecretsManagerClientReadOnlyAccess",
          "v3",
          "2026-02-12T18:00:42Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["secretsmanager:GetSecretValue",
          "secretsmanager:DescribeSecret"],"Resource":
          "arn:aws:secretsmanager:*:*:secret:*","Effect":"Allow","Sid":
          "SecretsManagerGetAndDescribeSecret"},{"Action":["kms:Decrypt"],"Resource":
          "arn:aws:kms:*:*:key/*","Effect":"Allow","Condition":{"StringLike":{
          "kms:EncryptionContext:SecretARN":"arn:aws:secretsmanager:*:*:secret:*",
          "kms:ViaService":"secretsmanager.*.amazonaws.com"}},"Sid":"KMSDecryptKey"}]}
          """);

  private static final ManagedPolicy PRIVATE_REGISTRY_FULL_ACCESS =
      AwsPolicies.row(
          "/AmazonEC2ContainerRegistryFullAccess",
          "v3",
          "2020-12-05T00:04:19Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ecr:*",
          "cloudtrail:LookupEvents"],"Resource":"*","Effect":"Allow"},{"Action":[
          "iam:CreateServiceLinkedRole"],"Resource":"*","Effect":"Allow","Condition":{
          "StringEquals":{"iam:AWSServiceName":["replication.ecr.amazonaws.com"]}}}]}
          """);

  private static final ManagedPolicy PRIVATE_REGISTRY_POWER_USER =
      AwsPolicies.row(
          "/AmazonEC2ContainerRegistryPowerUser",
          "v3",
          "2019-12-10T20:48:08Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ecr:GetAuthorizationToken",
          "ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer",
          "ecr:GetRepositoryPolicy","ecr:DescribeRepositories","ecr:ListImages",
          "ecr:DescribeImages","ecr:BatchGetImage","ecr:GetLifecyclePolicy",
          "ecr:GetLifecyclePolicyPreview","ecr:ListTagsForResource",
          "ecr:DescribeImageScanFindings","ecr:InitiateLayerUpload","ecr:UploadLayerPart",
          "ecr:CompleteLayerUpload","ecr:PutImage"],"Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy PRIVATE_REGISTRY_PULL_ONLY =
      AwsPolicies.row(
          "/AmazonEC2ContainerRegistryPullOnly",
          "v1",
          "2024-10-04T16:58:49Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ecr:GetAuthorizationToken",
          "ecr:BatchGetImage","ecr:GetDownloadUrlForLayer",
          "ecr:BatchImportUpstreamImage"],"Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy PRIVATE_REGISTRY_READ_ONLY =
      AwsPolicies.row(
          "/AmazonEC2ContainerRegistryReadOnly",
          "v3",
          "2019-12-10T20:56:32Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ecr:GetAuthorizationToken",
          "ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer",
          "ecr:GetRepositoryPolicy","ecr:DescribeRepositories","ecr:ListImages",
          "ecr:DescribeImages","ecr:BatchGetImage","ecr:GetLifecyclePolicy",
          "ecr:GetLifecyclePolicyPreview","ecr:ListTagsForResource",
          "ecr:DescribeImageScanFindings"],"Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy CONTAINER_SERVICE_FULL_ACCESS =
      AwsPolicies.row(
          "/AmazonEC2ContainerServiceFullAccess",
          "v4",
          "2017-06-08T00:18:56Z",
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[
          "autoscaling:Describe*","autoscaling:UpdateAutoScalingGroup",
          "cloudformation:CreateStack","cloudformation:DeleteStack",
          "cloudformation:DescribeStack*","cloudformation:UpdateStack",
          "cloudwatch:GetMetricStatistics","ec2:Describe*","elasticloadbalancing:*",
          "ecs:*","events:DescribeRule","events:DeleteRule",
          "events:ListRuleNamesByTarget","events:ListTargetsByRule","events:PutRule",
          "events:PutTargets","events:RemoveTargets","iam:ListInstanceProfiles",
          "iam:ListRoles","iam:PassRole"],"Resource":"*"}]}
          """);

  private static final ManagedPolicy ECS_FULL_ACCESS =
      AwsPolicies.row(
          "/AmazonECS_FullAccess",
          "v21",
          "2024-08-13T19:39:37Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":[
          "application-autoscaling:DeleteScalingPolicy",
          "application-autoscaling:DeregisterScalableTarget",
          "application-autoscaling:DescribeScalableTargets",
          "application-autoscaling:DescribeScalingActivities",
          "application-autoscaling:DescribeScalingPolicies",
          "application-autoscaling:PutScalingPolicy",
          "application-autoscaling:RegisterScalableTarget",
          "appmesh:DescribeVirtualGateway","appmesh:DescribeVirtualNode",
          "appmesh:ListMeshes","appmesh:ListVirtualGateways","appmesh:ListVirtualNodes",
          "autoscaling:CreateAutoScalingGroup","autoscaling:CreateLaunchConfiguration",
          "autoscaling:DeleteAutoScalingGroup","autoscaling:DeleteLaunchConfiguration",
          "autoscaling:Describe*","autoscaling:UpdateAutoScalingGroup",
          "cloudformation:CreateStack","cloudformation:DeleteStack",
          "cloudformation:DescribeStack*","cloudformation:UpdateStack",
          "cloudwatch:DeleteAlarms","cloudwatch:DescribeAlarms",
          "cloudwatch:GetMetricStatistics","cloudwatch:PutMetricAlarm",
          "codedeploy:BatchGetApplicationRevisions","codedeploy:BatchGetApplications",
          "codedeploy:BatchGetDeploymentGroups","codedeploy:BatchGetDeployments",
          "codedeploy:ContinueDeployment","codedeploy:CreateApplication",
          "codedeploy:CreateDeployment","codedeploy:CreateDeploymentGroup",
          "codedeploy:GetApplication","codedeploy:GetApplicationRevision",
          "codedeploy:GetDeployment","codedeploy:GetDeploymentConfig",
          "codedeploy:GetDeploymentGroup","codedeploy:GetDeploymentTarget",
          "codedeploy:ListApplicationRevisions","codedeploy:ListApplications",
          "codedeploy:ListDeploymentConfigs","codedeploy:ListDeploymentGroups",
          "codedeploy:ListDeployments","codedeploy:ListDeploymentTargets",
          "codedeploy:RegisterApplicationRevision","codedeploy:StopDeployment",
          "ec2:AssociateRouteTable","ec2:AttachInternetGateway",
          "ec2:AuthorizeSecurityGroupIngress","ec2:CancelSpotFleetRequests",
          "ec2:CreateInternetGateway","ec2:CreateLaunchTemplate","ec2:CreateRoute",
          "ec2:CreateRouteTable","ec2:CreateSecurityGroup","ec2:CreateSubnet",
          "ec2:CreateVpc","ec2:DeleteLaunchTemplate","ec2:DeleteSubnet","ec2:DeleteVpc",
          "ec2:Describe*","ec2:DetachInternetGateway","ec2:DisassociateRouteTable",
          "ec2:ModifySubnetAttribute","ec2:ModifyVpcAttribute","ec2:RequestSpotFleet",
          "ec2:RunInstances","ecs:*","elasticfilesystem:DescribeAccessPoints",
          "elasticfilesystem:DescribeFileSystems","elasticloadbalancing:CreateListener",
          "elasticloadbalancing:CreateLoadBalancer","elasticloadbalancing:CreateRule",
          "elasticloadbalancing:CreateTargetGroup","elasticloadbalancing:DeleteListener",
          "elasticloadbalancing:DeleteLoadBalancer","elasticloadbalancing:DeleteRule",
          "elasticloadbalancing:DeleteTargetGroup",
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeLoadBalancers",
          "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups","events:DeleteRule",
          "events:DescribeRule","events:ListRuleNamesByTarget","events:ListTargetsByRule",
          "events:PutRule","events:PutTargets","events:RemoveTargets",
          "fsx:DescribeFileSystems","iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfiles","iam:ListRoles","lambda:ListFunctions",
          "logs:CreateLogGroup","logs:DescribeLogGroups","logs:FilterLogEvents",
          "route53:CreateHostedZone","route53:DeleteHostedZone","route53:GetHealthCheck",
          "route53:GetHostedZone","route53:ListHostedZonesByName",
          "servicediscovery:CreatePrivateDnsNamespace","servicediscovery:CreateService",
          "servicediscovery:DeleteService","servicediscovery:GetNamespace",
          "servicediscovery:GetOperation","servicediscovery:GetService",
          "servicediscovery:ListNamespaces","servicediscovery:ListServices",
          "servicediscovery:UpdateService","sns:ListTopics"],"Resource":["*"],"Effect":
          "Allow","Sid":"ECSIntegrationsManagementPolicy"},{"Action":["ssm:GetParameter",
          "ssm:GetParameters","ssm:GetParametersByPath"],"Resource":
          "arn:aws:ssm:*:*:parameter/aws/service/ecs*","Effect":"Allow","Sid":
          "SSMPolicy"},{"Action":["ec2:DeleteInternetGateway","ec2:DeleteRoute",
          "ec2:DeleteRouteTable","ec2:DeleteSecurityGroup"],"Resource":["*"],"Effect":
          "Allow","Condition":{"StringLike":{
          "ec2:ResourceTag/aws:cloudformation:stack-name":"EC2ContainerService-*"}},"Sid":
          "ManagedCloudformationResourcesCleanupPolicy"},{"Action":"iam:PassRole",
          "Resource":["*"],"Effect":"Allow","Condition":{"StringLike":{
          "iam:PassedToService":"ecs-tasks.amazonaws.com"}},"Sid":"TasksPassRolePolicy"},{
          "Action":"iam:PassRole","Resource":[
          "arn:aws:iam::*:role/ecsInfrastructureRole"],"Effect":"Allow","Condition":{
          "StringEquals":{"iam:PassedToService":"ecs.amazonaws.com"}},"Sid":
          "InfrastructurePassRolePolicy"},{"Action":"iam:PassRole","Resource":[
          "arn:aws:iam::*:role/ecsInstanceRole*"],"Effect":"Allow","Condition":{
          "StringLike":{"iam:PassedToService":["ec2.amazonaws.com",
          "ec2.amazonaws.com.cn"]}},"Sid":"InstancePassRolePolicy"},{"Action":
          "iam:PassRole","Resource":["arn:aws:iam::*:role/ecsAutoscaleRole*"],"Effect":
          "Allow","Condition":{"StringLike":{"iam:PassedToService":[
          "application-autoscaling.amazonaws.com",
          "application-autoscaling.amazonaws.com.cn"]}},"Sid":
          "AutoScalingPassRolePolicy"},{"Action":"iam:CreateServiceLinkedRole","Resource":
          "*","Effect":"Allow","Condition":{"StringLike":{"iam:AWSServiceName":[
          "ecs.amazonaws.com","autoscaling.amazonaws.com",
          "ecs.application-autoscaling.amazonaws.com","spot.amazonaws.com",
          "spotfleet.amazonaws.com"]}},"Sid":"ServiceLinkedRoleCreationPolicy"},{
          "Action":["elasticloadbalancing:AddTags"],"Resource":"*","Effect":"Allow",
          "Condition":{"StringEquals":{"elasticloadbalancing:CreateAction":[
          "CreateTargetGroup","CreateRule","CreateListener","CreateLoadBalancer"]}},"Sid":
          "ELBTaggingPolicy"}]}
          """);

  private static final ManagedPolicy REGISTRY_PUBLIC_FULL_ACCESS =
      AwsPolicies.row(
          "/AmazonElasticContainerRegistryPublicFullAccess",
          "v1",
          "2020-12-01T17:25:52Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ecr-public:*",
          "sts:GetServiceBearerToken"],"Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy REGISTRY_PUBLIC_POWER_USER =
      AwsPolicies.row(
          "/AmazonElasticContainerRegistryPublicPowerUser",
          "v1",
          "2020-12-01T16:16:54Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":[
          "ecr-public:GetAuthorizationToken","sts:GetServiceBearerToken",
          "ecr-public:BatchCheckLayerAvailability","ecr-public:GetRepositoryPolicy",
          "ecr-public:DescribeRepositories","ecr-public:DescribeRegistries",
          "ecr-public:DescribeImages","ecr-public:DescribeImageTags",
          "ecr-public:GetRepositoryCatalogData","ecr-public:GetRegistryCatalogData",
          "ecr-public:InitiateLayerUpload","ecr-public:UploadLayerPart",
          "ecr-public:CompleteLayerUpload","ecr-public:PutImage"],"Resource":"*","Effect":
          "Allow"}]}
          """);

  private static final ManagedPolicy REGISTRY_PUBLIC_READ_ONLY =
      AwsPolicies.row(
          "/AmazonElasticContainerRegistryPublicReadOnly",
          "v1",
          "2020-12-01T17:27:04Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":[
          "ecr-public:GetAuthorizationToken","sts:GetServiceBearerToken",
          "ecr-public:BatchCheckLayerAvailability","ecr-public:GetRepositoryPolicy",
          "ecr-public:DescribeRepositories","ecr-public:DescribeRegistries",
          "ecr-public:DescribeImages","ecr-public:DescribeImageTags",
          "ecr-public:GetRepositoryCatalogData","ecr-public:GetRegistryCatalogData"],
          "Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy SSM_FULL_ACCESS =
      AwsPolicies.row(
          "/AmazonSSMFullAccess",
          "v4",
          "2019-11-20T20:08:56Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["cloudwatch:PutMetricData",
          "ds:CreateComputer","ds:DescribeDirectories","ec2:DescribeInstanceStatus",
          "logs:*","ssm:*","ec2messages:*"],"Resource":"*","Effect":"Allow"},{"Action":
          "iam:CreateServiceLinkedRole","Resource":
          "arn:aws:iam::*:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM*",
          "Effect":"Allow","Condition":{"StringLike":{"iam:AWSServiceName":
          "ssm.amazonaws.com"}}},{"Action":["iam:DeleteServiceLinkedRole",
          "iam:GetServiceLinkedRoleDeletionStatus"],"Resource":
          "arn:aws:iam::*:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM*",
          "Effect":"Allow"},{"Action":["ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel","ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel"],"Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy SSM_READ_ONLY_ACCESS =
      AwsPolicies.row(
          "/AmazonSSMReadOnlyAccess",
          "v1",
          "2015-05-29T17:44:19Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ssm:Describe*","ssm:Get*",
          "ssm:List*"],"Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy CLOUD_WATCH_LOGS_FULL_ACCESS =
      AwsPolicies.row(
          "/CloudWatchLogsFullAccess",
          "v8",
          "2026-02-12T18:00:33Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["logs:*",
          "cloudwatch:GenerateQuery","cloudwatch:GenerateQueryResultsSummary",
          "observabilityadmin:GetS3TableIntegration",
          "observabilityadmin:ListS3TableIntegrations",
          "observabilityadmin:ListTelemetryPipelines"],"Resource":"*","Effect":"Allow",
          "Sid":"CloudWatchLogsFullAccess"}]}
          """);

  private static final ManagedPolicy CLOUD_WATCH_LOGS_READ_ONLY_ACCESS =
      AwsPolicies.row(
          "/CloudWatchLogsReadOnlyAccess",
          "v12",
          "2026-02-12T17:59:13Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["logs:Describe*","logs:Get*",
          "logs:List*","logs:StartQuery","logs:StopQuery","logs:TestMetricFilter",
          "logs:FilterLogEvents","logs:StartLiveTail","logs:StopLiveTail",
          "cloudwatch:GenerateQuery","cloudwatch:GenerateQueryResultsSummary",
          "observabilityadmin:ListS3TableIntegrations",
          "observabilityadmin:GetS3TableIntegration",
          "observabilityadmin:ListTelemetryPipelines"],"Resource":"*","Effect":"Allow",
          "Sid":"CloudWatchLogsReadOnlyAccess"}]}
          """);

  private static final ManagedPolicy ELASTIC_LOAD_BALANCING_FULL_ACCESS =
      AwsPolicies.row(
          "/ElasticLoadBalancingFullAccess",
          "v9",
          "2026-02-23T18:57:07Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":"elasticloadbalancing:*",
          "Resource":"*","Effect":"Allow"},{"Action":["ec2:DescribeAccountAttributes",
          "ec2:DescribeAddresses","ec2:DescribeInternetGateways",
          "ec2:DescribeSecurityGroups","ec2:DescribeSubnets","ec2:DescribeVpcs",
          "ec2:DescribeVpcClassicLink","ec2:DescribeInstances",
          "ec2:DescribeNetworkInterfaces","ec2:DescribeClassicLinkInstances",
          "ec2:DescribeRouteTables","ec2:DescribeCoipPools","ec2:GetCoipPoolUsage",
          "ec2:GetSecurityGroupsForVpc","ec2:DescribeVpcPeeringConnections",
          "ec2:DescribeAvailabilityZones","cognito-idp:DescribeUserPoolClient"],
          "Resource":"*","Effect":"Allow"},{"Action":"iam:CreateServiceLinkedRole",
          "Resource":"*","Effect":"Allow","Condition":{"StringEquals":{
          "iam:AWSServiceName":"elasticloadbalancing.amazonaws.com"}}},{"Action":
          "arc-zonal-shift:*","Resource":
          "arn:aws:elasticloadbalancing:*:*:loadbalancer/*","Effect":"Allow"},{"Action":[
          "arc-zonal-shift:ListManagedResources","arc-zonal-shift:ListZonalShifts"],
          "Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy ELASTIC_LOAD_BALANCING_READ_ONLY =
      AwsPolicies.row(
          "/ElasticLoadBalancingReadOnly",
          "v3",
          "2023-11-26T18:15:46Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":[
          "elasticloadbalancing:Describe*","elasticloadbalancing:Get*"],"Resource":"*",
          "Effect":"Allow","Sid":"Statement1"},{"Action":["ec2:DescribeInstances",
          "ec2:DescribeClassicLinkInstances","ec2:DescribeSecurityGroups"],"Resource":"*",
          "Effect":"Allow","Sid":"Statement2"},{"Action":
          "arc-zonal-shift:GetManagedResource","Resource":
          "arn:aws:elasticloadbalancing:*:*:loadbalancer/*","Effect":"Allow","Sid":
          "Statement3"},{"Action":["arc-zonal-shift:ListManagedResources",
          "arc-zonal-shift:ListZonalShifts"],"Resource":"*","Effect":"Allow","Sid":
          "Statement4"}]}
          """);

  private static final ManagedPolicy IAM_FULL_ACCESS =
      AwsPolicies.row(
          "/IAMFullAccess",
          "v2",
          "2019-06-21T19:40:00Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["iam:*",
          "organizations:DescribeAccount","organizations:DescribeOrganization",
          "organizations:DescribeOrganizationalUnit","organizations:DescribePolicy",
          "organizations:ListChildren","organizations:ListParents",
          "organizations:ListPoliciesForTarget","organizations:ListRoots",
          "organizations:ListPolicies","organizations:ListTargetsForPolicy"],"Resource":
          "*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy IAM_READ_ONLY_ACCESS =
      AwsPolicies.row(
          "/IAMReadOnlyAccess",
          "v4",
          "2018-01-25T19:11:27Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["iam:GenerateCredentialReport",
          "iam:GenerateServiceLastAccessedDetails","iam:Get*","iam:List*",
          "iam:SimulateCustomPolicy","iam:SimulatePrincipalPolicy"],"Resource":"*",
          "Effect":"Allow"}]}
          """);

  private static final ManagedPolicy POWER_USER_ACCESS =
      AwsPolicies.row(
          "/PowerUserAccess",
          "v12",
          "2026-02-12T17:59:14Z",
          """
          {"Version":"2012-10-17","Statement":[{"NotAction":["iam:*","organizations:*",
          "account:*"],"Resource":"*","Effect":"Allow"},{"Action":[
          "account:GetAccountInformation","account:GetGovCloudAccountInformation",
          "account:GetPrimaryEmail","account:ListRegions","iam:CreateServiceLinkedRole",
          "iam:DeleteServiceLinkedRole","iam:ListRoles",
          "organizations:DescribeEffectivePolicy","organizations:DescribeOrganization"],
          "Resource":"*","Effect":"Allow"}]}
          """);

  private static final ManagedPolicy SECRETS_MANAGER_READ_WRITE =
      AwsPolicies.row(
          "/SecretsManagerReadWrite",
          "v5",
          "2024-02-22T18:12:06Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["secretsmanager:*",
          "cloudformation:CreateChangeSet","cloudformation:DescribeChangeSet",
          "cloudformation:DescribeStackResource","cloudformation:DescribeStacks",
          "cloudformation:ExecuteChangeSet","docdb-elastic:GetCluster",
          "docdb-elastic:ListClusters","ec2:DescribeSecurityGroups","ec2:DescribeSubnets",
          "ec2:DescribeVpcs","kms:DescribeKey","kms:ListAliases","kms:ListKeys",
          "lambda:ListFunctions","rds:DescribeDBClusters","rds:DescribeDBInstances",
          "redshift:DescribeClusters","redshift-serverless:ListWorkgroups",
          "redshift-serverless:GetNamespace","tag:GetResources"],"Resource":"*","Effect":
          "Allow","Sid":"BasePermissions"},{"Action":["lambda:AddPermission",
          "lambda:CreateFunction","lambda:GetFunction","lambda:InvokeFunction",
          "lambda:UpdateFunctionConfiguration"],"Resource":
          "arn:aws:lambda:*:*:function:SecretsManager*","Effect":"Allow","Sid":
          "LambdaPermissions"},{"Action":["serverlessrepo:CreateCloudFormationChangeSet",
          "serverlessrepo:GetApplication"],"Resource":
          "arn:aws:serverlessrepo:*:*:applications/SecretsManager*","Effect":"Allow",
          "Sid":"SARPermissions"},{"Action":["s3:GetObject"],"Resource":[
          "arn:aws:s3:::awsserverlessrepo-changesets*",
          "arn:aws:s3:::secrets-manager-rotation-apps-*/*"],"Effect":"Allow","Sid":
          "S3Permissions"}]}
          """);

  private AccessPolicies() {}

  static List<ManagedPolicy> all() {
    return List.of(
        AWS_SECRETS_MANAGER_CLIENT_READ_ONLY_ACCESS,
        PRIVATE_REGISTRY_FULL_ACCESS,
        PRIVATE_REGISTRY_POWER_USER,
        PRIVATE_REGISTRY_PULL_ONLY,
        PRIVATE_REGISTRY_READ_ONLY,
        CONTAINER_SERVICE_FULL_ACCESS,
        ECS_FULL_ACCESS,
        REGISTRY_PUBLIC_FULL_ACCESS,
        REGISTRY_PUBLIC_POWER_USER,
        REGISTRY_PUBLIC_READ_ONLY,
        SSM_FULL_ACCESS,
        SSM_READ_ONLY_ACCESS,
        CLOUD_WATCH_LOGS_FULL_ACCESS,
        CLOUD_WATCH_LOGS_READ_ONLY_ACCESS,
        ELASTIC_LOAD_BALANCING_FULL_ACCESS,
        ELASTIC_LOAD_BALANCING_READ_ONLY,
        IAM_FULL_ACCESS,
        IAM_READ_ONLY_ACCESS,
        POWER_USER_ACCESS,
        SECRETS_MANAGER_READ_WRITE);
  }
}
