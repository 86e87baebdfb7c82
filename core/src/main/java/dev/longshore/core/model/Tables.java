package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.core.state.State;
import java.util.List;

/** All tables of the control plane. */
public final class Tables {
  /** Every kind, in an order that has no meaning but never changes. */
  public static final List<Kind<?>> ALL =
      List.of(
          Cluster.KIND,
          TaskDefinition.KIND,
          TaskDefinitionFamily.KIND,
          ContainerInstance.KIND,
          Task.KIND,
          RunTaskToken.KIND,
          Service.KIND,
          ServiceEvent.KIND,
          AccountSetting.KIND,
          ImageRepository.KIND,
          StoredImage.KIND,
          ImageTag.KIND,
          ManifestReference.KIND,
          StoredLayer.KIND,
          RegistrySetting.KIND,
          ServiceDeployment.KIND,
          ServiceRevision.KIND,
          RegistryConfiguration.KIND,
          CacheRule.KIND,
          CreationTemplate.KIND,
          PullTimeExclusion.KIND,
          ImageScan.KIND,
          PublicRepository.KIND,
          Replica.KIND,
          AlarmState.KIND,
          TaskSet.KIND,
          Secret.KIND,
          SecretVersion.KIND,
          LoadBalancer.KIND,
          Listener.KIND,
          ListenerRule.KIND,
          TargetGroup.KIND,
          Target.KIND,
          Forwarding.KIND,
          LearnedSubnet.KIND,
          StoredParameter.KIND,
          ParameterVersion.KIND,
          IamUser.KIND,
          IamGroup.KIND,
          IamRole.KIND,
          ManagedPolicy.KIND,
          AccountAlias.KIND,
          AccessKey.KIND,
          AccessKeyUse.KIND,
          InstanceProfile.KIND,
          ServerCertificate.KIND,
          EncryptionKey.KIND,
          KeyAlias.KIND,
          KeyGrant.KIND,
          TrafficShift.KIND);

  private Tables() {}

  /** The control plane before anybody used it. */
  public static State empty() {
    return State.empty(ALL);
  }
}
