package dev.longshore.server.identity;

import dev.longshore.core.identity.Roles;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.InstanceProfile;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Endpoint;
import dev.longshore.server.api.ServedApi;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.longshore.GetInstanceCredentialsRequest;
import dev.longshore.shapes.longshore.InstanceCredentials;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys for machines: sessions of the role that an instance profile hands out. On EC2 the instance's
 * metadata has them; here an agent asks for them, and who joins a machine must be allowed what who
 * starts an instance must be there: to pass the role to EC2.
 */
public final class InstanceSessions implements Endpoint {
  private static final String ACTION = "GetInstanceCredentials";
  private static final String SERVICE = "ec2.amazonaws.com";

  private final RoleSessions sessions;
  private final Place place;
  private final Supplier<State> state;
  private final InstantSource clock;
  private final Duration life;
  private final ServedApi others;

  /**
   * @param life of the keys; agents renew them when half of it is over
   * @param others the rest of the API that this action belongs to
   */
  public InstanceSessions(
      RoleSessions sessions,
      Place place,
      Supplier<State> state,
      InstantSource clock,
      Duration life,
      ServedApi others) {
    this.sessions = sessions;
    this.place = place;
    this.state = state;
    this.clock = clock;
    this.life = life;
    this.others = others;
  }

  /** The whole API. */
  public ServedApi served() {
    return new ServedApi(
        others.model(),
        operation -> operation.name().equals(ACTION) || others.built().test(operation),
        this,
        this::needs);
  }

  /** What is not there is asked about under the name that it would have. */
  private List<Need> needs(String action, Shape input, Caller caller) {
    if (!(input instanceof GetInstanceCredentialsRequest request)) {
      return others.question().of(action, input, caller);
    }
    String name = request.instanceProfileName();
    InstanceProfile profile = state.get().find(InstanceProfile.KIND, name);
    String prefix = "arn:" + place.partition() + ":iam::" + place.accountId() + ':';
    IamRole role = role(profile);
    return List.of(
        Need.of(action, profile == null ? prefix + "instance-profile/" + name : profile.arn()),
        Need.of("iam:PassRole", role == null ? prefix + "role/" + name : role.arn())
            .with("iam:PassedToService", SERVICE));
  }

  private @Nullable IamRole role(@Nullable InstanceProfile profile) {
    return profile == null || profile.role() == null
        ? null
        : state.get().find(IamRole.KIND, IamRole.key(profile.role()));
  }

  @Override
  public CompletionStage<? extends Shape> call(
      OperationModel operation, Shape input, Caller caller) {
    if (!(input instanceof GetInstanceCredentialsRequest request)) {
      return others.endpoint().call(operation, input, caller);
    }
    Credentials keys = issue(request.instanceProfileName(), request.instanceName());
    return CompletableFuture.completedFuture(
        InstanceCredentials.builder()
            .accessKeyId(keys.accessKeyId())
            .secretAccessKey(keys.secretAccessKey())
            .sessionToken(keys.sessionToken())
            .expiration(Objects.requireNonNull(keys.expiration()).toString())
            .build());
  }

  /**
   * New keys of the role that this instance profile hands out.
   *
   * @param instanceName names the session in its ARN
   * @throws ServiceException there is no such profile, or none of a role that trusts EC2
   */
  public Credentials issue(String profileName, String instanceName) {
    InstanceProfile profile = state.get().find(InstanceProfile.KIND, profileName);
    if (profile == null) {
      throw new ServiceException(
          "NoSuchEntityException", 400, "Instance Profile " + profileName + " cannot be found.");
    }
    IamRole role = role(profile);
    if (role == null || !Roles.trusts(role, SERVICE, place, profile.arn())) {
      throw new ServiceException(
          "InvalidInstanceProfileException",
          400,
          "Instance Profile " + profileName + " has no role that trusts " + SERVICE + '.');
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return sessions.issue(role, instanceName, now, now.plus(life));
  }
}
