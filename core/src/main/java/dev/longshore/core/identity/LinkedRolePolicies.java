package dev.longshore.core.identity;

import dev.longshore.core.model.ManagedPolicy;
import java.util.List;

/** Those of the roles that services make for themselves. */
final class LinkedRolePolicies {
  private static final ManagedPolicy AWS_APPLICATION_AUTOSCALING_ECS_SERVICE_POLICY =
      AwsPolicies.row(
          "/aws-service-role/AWSApplicationAutoscalingECSServicePolicy",
          "v2",
          "2024-10-24T20:05:50Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ecs:DescribeServices",
          "ecs:UpdateService","cloudwatch:PutMetricAlarm","cloudwatch:DescribeAlarms",
          "cloudwatch:GetMetricData","cloudwatch:DeleteAlarms"],"Resource":["*"],"Effect":
          "Allow"}]}
          """);

  private static final ManagedPolicy ECS_COMPUTE_SERVICE_ROLE =
      AwsPolicies.row(
          "/aws-service-role/AmazonECSComputeServiceRolePolicy",
          "v6",
          "2026-02-12T17:57:51Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ec2:DescribeInstances",
          "ec2:DescribeInstanceStatus","ec2:DescribeNetworkInterfaces",
          "ec2:DescribeFleets"],"Resource":"*","Effect":"Allow","Sid":
          "ReadOnlyPermissionsForInstanceManagement"},{"Action":[
          "ec2:DescribeInstanceEventWindows"],"Resource":"*","Effect":"Allow","Sid":
          "ReadOnlyPermissionsForInstanceEventWindows"},{"Action":[
          "ec2:DescribeLaunchTemplates","ec2:DescribeLaunchTemplateVersions"],"Resource":
          "*","Effect":"Allow","Sid":"ReadOnlyPermissionsForLaunchTemplates"},{"Action":[
          "ec2:DeleteLaunchTemplate","ec2:DeleteLaunchTemplateVersions"],"Resource":
          "arn:aws:ec2:*:*:launch-template/*","Effect":"Allow","Condition":{
          "StringEquals":{"ec2:ManagedResourceOperator":"ecs.amazonaws.com"}},"Sid":
          "DeleteManagedLaunchTemplate"},{"Action":["ec2:TerminateInstances"],"Resource":
          "arn:aws:ec2:*:*:instance/*","Effect":"Allow","Condition":{"StringEquals":{
          "ec2:ManagedResourceOperator":"ecs.amazonaws.com"}},"Sid":
          "TerminateManagedInstances"}]}
          """);

  private static final ManagedPolicy ECS_SERVICE_ROLE =
      AwsPolicies.row(
          "/aws-service-role/AmazonECSServiceRolePolicy",
          "v23",
          "2026-02-12T17:58:05Z",
          """
          {"Version":"2012-10-17","Statement":[{"Action":["ec2:AttachNetworkInterface",
          "ec2:AssociateTrunkInterface","ec2:CreateNetworkInterface",
          "ec2:CreateNetworkInterfacePermission","ec2:DeleteNetworkInterface",
          "ec2:DeleteNetworkInterfacePermission","ec2:Describe*",
          "ec2:DetachNetworkInterface","ec2:DisassociateTrunkInterface",
          "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
          "elasticloadbalancing:DeregisterTargets","elasticloadbalancing:Describe*",
          "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
          "elasticloadbalancing:RegisterTargets","route53:ChangeResourceRecordSets",
          "route53:CreateHealthCheck","route53:DeleteHealthCheck","route53:Get*",
          "route53:List*","route53:UpdateHealthCheck",
          "servicediscovery:DeregisterInstance","servicediscovery:Get*",
          "servicediscovery:List*","servicediscovery:RegisterInstance",
          "servicediscovery:UpdateInstanceCustomHealthStatus"],"Resource":"*","Effect":
          "Allow","Sid":"ECSTaskManagement"},{"Action":["autoscaling:Describe*"],
          "Resource":"*","Effect":"Allow","Sid":"AutoScaling"},{"Action":[
          "autoscaling:DeletePolicy","autoscaling:PutScalingPolicy",
          "autoscaling:SetInstanceProtection","autoscaling:UpdateAutoScalingGroup",
          "autoscaling:PutLifecycleHook","autoscaling:DeleteLifecycleHook",
          "autoscaling:CompleteLifecycleAction",
          "autoscaling:RecordLifecycleActionHeartbeat"],"Resource":"*","Effect":"Allow",
          "Condition":{"Null":{"autoscaling:ResourceTag/AmazonECSManaged":"false"}},"Sid":
          "AutoScalingManagement"},{"Action":["autoscaling-plans:CreateScalingPlan",
          "autoscaling-plans:DeleteScalingPlan","autoscaling-plans:DescribeScalingPlans",
          "autoscaling-plans:DescribeScalingPlanResources"],"Resource":"*","Effect":
          "Allow","Sid":"AutoScalingPlanManagement"},{"Action":["events:DescribeRule",
          "events:ListTargetsByRule"],"Resource":"arn:aws:events:*:*:rule/ecs-managed-*",
          "Effect":"Allow","Sid":"EventBridge"},{"Action":["events:PutRule",
          "events:PutTargets"],"Resource":"*","Effect":"Allow","Condition":{
          "StringEquals":{"events:ManagedBy":"ecs.amazonaws.com"}},"Sid":
          "EventBridgeRuleManagement"},{"Action":["cloudwatch:DeleteAlarms",
          "cloudwatch:DescribeAlarms","cloudwatch:PutMetricAlarm"],"Resource":
          "arn:aws:cloudwatch:*:*:alarm:*","Effect":"Allow","Sid":"CWAlarmManagement"},{
          "Action":["ec2:CreateTags"],"Resource":"arn:aws:ec2:*:*:network-interface/*",
          "Effect":"Allow","Sid":"ECSTagging"},{"Action":["logs:CreateLogGroup",
          "logs:DescribeLogGroups","logs:PutRetentionPolicy"],"Resource":
          "arn:aws:logs:*:*:log-group:/aws/ecs/*","Effect":"Allow","Sid":
          "CWLogGroupManagement"},{"Action":["logs:CreateLogStream",
          "logs:DescribeLogStreams","logs:PutLogEvents"],"Resource":
          "arn:aws:logs:*:*:log-group:/aws/ecs/*:log-stream:*","Effect":"Allow","Sid":
          "CWLogStreamManagement"},{"Action":["ssm:DescribeSessions"],"Resource":"*",
          "Effect":"Allow","Sid":"ExecuteCommandSessionManagement"},{"Action":[
          "ssm:StartSession"],"Resource":["arn:aws:ecs:*:*:task/*",
          "arn:aws:ssm:*:*:document/AmazonECS-ExecuteInteractiveCommand"],"Effect":
          "Allow","Sid":"ExecuteCommand"},{"Action":["ssmmessages:OpenDataChannel"],
          "Resource":["arn:aws:ssm:*:*:session/*"],"Effect":"Allow","Condition":{
          "StringEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"}},"Sid":
          "OpenDataChannel"},{"Action":["servicediscovery:CreateHttpNamespace",
          "servicediscovery:CreateService"],"Resource":"*","Effect":"Allow","Condition":{
          "ForAllValues:StringEquals":{"aws:TagKeys":["AmazonECSManaged"]}},"Sid":
          "CloudMapResourceCreation"},{"Action":"servicediscovery:TagResource","Resource":
          "*","Effect":"Allow","Condition":{"StringLike":{
          "aws:RequestTag/AmazonECSManaged":"*"}},"Sid":"CloudMapResourceTagging"},{
          "Action":["servicediscovery:DeleteService"],"Resource":"*","Effect":"Allow",
          "Condition":{"Null":{"aws:ResourceTag/AmazonECSManaged":"false"}},"Sid":
          "CloudMapResourceDeletion"},{"Action":["servicediscovery:DiscoverInstances",
          "servicediscovery:DiscoverInstancesRevision"],"Resource":"*","Effect":"Allow",
          "Sid":"CloudMapResourceDiscovery"},{"Action":[
          "servicediscovery:UpdateServiceAttributes"],"Resource":"*","Effect":"Allow",
          "Condition":{"Null":{"aws:ResourceTag/AmazonECSManaged":"false"}},"Sid":
          "CloudMapResourceAttributeManagement"},{"Action":[
          "ec2:DescribeInstanceEventWindows"],"Resource":"*","Effect":"Allow","Sid":
          "ReadOnlyPermissionsForInstanceEventWindows"}]}
          """);

  private LinkedRolePolicies() {}

  static List<ManagedPolicy> all() {
    return List.of(
        AWS_APPLICATION_AUTOSCALING_ECS_SERVICE_POLICY, ECS_COMPUTE_SERVICE_ROLE, ECS_SERVICE_ROLE);
  }
}
