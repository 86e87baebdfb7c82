package dev.longshore.server.identity;

import dev.longshore.core.model.AccessKey;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Caller.Session;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Need;
import dev.longshore.core.policy.MalformedPolicyException;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Endpoint;
import dev.longshore.server.api.ServedApi;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.sts.AssumeRoleRequest;
import dev.longshore.shapes.sts.AssumeRoleResponse;
import dev.longshore.shapes.sts.AssumedRoleUser;
import dev.longshore.shapes.sts.GetAccessKeyInfoRequest;
import dev.longshore.shapes.sts.GetAccessKeyInfoResponse;
import dev.longshore.shapes.sts.GetCallerIdentityResponse;
import dev.longshore.shapes.sts.GetSessionTokenRequest;
import dev.longshore.shapes.sts.GetSessionTokenResponse;
import dev.longshore.shapes.sts.MalformedPolicyDocumentException;
import dev.longshore.shapes.sts.PackedPolicyTooLargeException;
import dev.longshore.shapes.sts.PolicyDescriptorType;
import dev.longshore.shapes.sts.Sts;
import dev.longshore.shapes.sts.Tag;
import dev.longshore.wire.signature.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The security token service: who a caller is, and keys for roles and sessions. */
public final class TokenService implements Endpoint {
  private static final String IDENTITY = "GetCallerIdentity";
  private static final String ASSUME = "AssumeRole";
  private static final String TOKEN = "GetSessionToken";
  private static final String KEY_INFO = "GetAccessKeyInfo";

  /** The actions that are built. */
  public static final Set<String> ACTIONS = Set.of(IDENTITY, ASSUME, TOKEN, KEY_INFO);

  private static final String WEB_IDENTITY =
      "an issuer's keys would have to be fetched from the internet, and nothing here reaches out to"
          + " it";

  /** Why the others are not. */
  public static final Map<String, String> REFUSED =
      Map.of(
          "AssumeRoleWithSAML", "there are no providers of SAML assertions",
          "AssumeRoleWithWebIdentity", WEB_IDENTITY,
          "AssumeRoot", "there is one account, in no organization",
          "DecodeAuthorizationMessage", "denials are told in the plain, none is encoded",
          "GetDelegatedAccessToken", "there is no console in which rights are delegated",
          "GetFederationToken", "take on a role with session policies instead",
          "GetWebIdentityToken", "no tokens for other clouds are issued");

  private static final int USUAL_SESSION = 3600;
  private static final int CHAINED_SESSION = 3600;
  private static final int ROOT_SESSION = 3600;
  private static final int USUAL_TOKEN = 43_200;

  /**
   * Trusts nobody: of a role that does not exist, which is not told apart from one that refuses.
   */
  private static final String NOBODY =
      "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"AIDANOBODYNOBODYNOBODY\"},"
          + "\"Action\":\"sts:AssumeRole\"}}";

  private final RoleSessions sessions;
  private final Supplier<State> state;
  private final InstantSource clock;

  private TokenService(RoleSessions sessions, Supplier<State> state, InstantSource clock) {
    this.sessions = sessions;
    this.state = state;
    this.clock = clock;
  }

  /** STS as it is served beside the other APIs. */
  public static ServedApi served(
      RoleSessions sessions, Supplier<State> state, InstantSource clock) {
    TokenService service = new TokenService(sessions, state, clock);
    return new ServedApi(
        Sts.MODEL,
        operation -> ACTIONS.contains(operation.name()),
        service,
        (action, input, caller) -> service.needs(action, input),
        REFUSED::get);
  }

  /** Who one is may be asked by everybody; so may a session token of one's own. */
  private List<Need> needs(String action, Shape input) {
    if (input instanceof AssumeRoleRequest request) {
      IamRole role = role(request.roleArn());
      Map<String, String> tags = new TreeMap<>();
      for (Tag tag : Given.list(request.tags())) {
        tags.put(tag.key(), tag.value());
      }
      Need need =
          Need.of(action, request.roleArn())
              .decidedBy(role == null ? NOBODY : role.trust())
              .with("sts:ExternalId", request.externalId())
              .with("sts:RoleSessionName", request.roleSessionName())
              .with("sts:SourceIdentity", request.sourceIdentity())
              .withRequestTags(tags)
              .withResourceTags(role == null ? Map.of() : role.tags());
      return List.of(need);
    }
    boolean asked = action.endsWith(':' + KEY_INFO);
    return asked ? List.of(Need.of(action, Need.EVERYTHING)) : List.of();
  }

  private @Nullable IamRole role(String arn) {
    IamRole role = state.get().find(IamRole.KIND, IamRole.keyOf(arn));
    return role != null && role.arn().equals(arn) ? role : null;
  }

  @Override
  public CompletionStage<Shape> call(OperationModel operation, Shape input, Caller caller) {
    Shape answer =
        switch (operation.name()) {
          case ASSUME -> assume((AssumeRoleRequest) input, caller);
          case TOKEN -> token((GetSessionTokenRequest) input, caller);
          case KEY_INFO -> keyInfo((GetAccessKeyInfoRequest) input, caller);
          default -> identity(caller);
        };
    return CompletableFuture.completedFuture(answer);
  }

  private GetCallerIdentityResponse identity(Caller caller) {
    return GetCallerIdentityResponse.builder()
        .userId(userId(caller))
        .account(caller.accountId())
        .arn(caller.arn())
        .build();
  }

  private String userId(Caller caller) {
    Session session = caller.session();
    String name = caller.arn().substring(caller.arn().lastIndexOf('/') + 1);
    if (session != null && caller.arn().contains(":assumed-role/")) {
      return session.principalId() + ':' + name;
    }
    IamUser user = caller.isRoot() ? null : state.get().find(IamUser.KIND, IamUser.key(name));
    return user == null ? caller.accountId() : user.id();
  }

  private GetAccessKeyInfoResponse keyInfo(GetAccessKeyInfoRequest request, Caller caller) {
    String id = request.accessKeyId();
    boolean known = id.startsWith("ASIA") || state.get().find(AccessKey.KIND, id) != null;
    if (!known) {
      throw new ServiceException(
          "ValidationError", 400, "The access key " + id + " is not of this account.");
    }
    return new GetAccessKeyInfoResponse(caller.accountId());
  }

  private AssumeRoleResponse assume(AssumeRoleRequest request, Caller caller) {
    if (caller.isRoot()) {
      throw new ServiceException("AccessDenied", 403, "Roles may not be assumed by root accounts.");
    }
    IamRole role = role(request.roleArn());
    if (role == null) {
      throw new IllegalStateException("What trusts nobody was let through.");
    }
    int seconds = request.durationSeconds() == null ? USUAL_SESSION : request.durationSeconds();
    checkDuration(seconds, role, caller);
    List<String> policies = request.policy() == null ? List.of() : List.of(request.policy());
    List<String> arns = new ArrayList<>();
    for (PolicyDescriptorType each : Given.list(request.policyArns())) {
      if (each.arn() != null) {
        arns.add(each.arn());
      }
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    int packed = packed(policies, arns);
    Session session = new Session(role.id(), now, policies, arns);
    String arn = sessions.sessionArn(role, request.roleSessionName());
    Credentials keys = sessions.issue(arn, session, now.plus(Duration.ofSeconds(seconds)));
    String id = role.id() + ':' + request.roleSessionName();
    return AssumeRoleResponse.builder()
        .credentials(shown(keys))
        .assumedRoleUser(new AssumedRoleUser(id, arn))
        .packedPolicySize(packed == 0 ? null : packed)
        .sourceIdentity(request.sourceIdentity())
        .build();
  }

  private static void checkDuration(int seconds, IamRole role, Caller caller) {
    boolean chained = caller.session() != null && caller.arn().contains(":assumed-role/");
    if (chained && seconds > CHAINED_SESSION) {
      throw new ServiceException(
          "ValidationError",
          400,
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    if (seconds > role.maxSession()) {
      throw new ServiceException(
          "ValidationError",
          400,
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
  }

  /** How many percent of what fits into a token the policies take. */
  private static int packed(List<String> policies, List<String> arns) {
    int bytes = 0;
    for (String policy : policies) {
      try {
        PolicyReader.read(policy, PolicyKind.IDENTITY);
      } catch (MalformedPolicyException e) {
        throw new MalformedPolicyDocumentException(e.text());
      }
      bytes += policy.getBytes(StandardCharsets.UTF_8).length;
    }
    for (String arn : arns) {
      bytes += arn.getBytes(StandardCharsets.UTF_8).length;
    }
    int percent = (bytes * 100 + RoleSessions.MOST_POLICIES - 1) / RoleSessions.MOST_POLICIES;
    if (percent > 100) {
      throw new PackedPolicyTooLargeException(
          "Packed policy consumes " + percent + "% of allotted space, please use smaller policy.");
    }
    return percent;
  }

  private GetSessionTokenResponse token(GetSessionTokenRequest request, Caller caller) {
    if (caller.session() != null) {
      throw new ServiceException(
          "AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
    }
    int asked = request.durationSeconds() == null ? USUAL_TOKEN : request.durationSeconds();
    int seconds = caller.isRoot() ? Math.min(asked, ROOT_SESSION) : asked;
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Session session = new Session(userId(caller), now, List.of(), List.of());
    return new GetSessionTokenResponse(
        shown(sessions.issue(caller.arn(), session, now.plus(Duration.ofSeconds(seconds)))));
  }

  private static dev.longshore.shapes.sts.Credentials shown(Credentials keys) {
    return dev.longshore.shapes.sts.Credentials.builder()
        .accessKeyId(keys.accessKeyId())
        .secretAccessKey(keys.secretAccessKey())
        .sessionToken(keys.sessionToken())
        .expiration(keys.expiration())
        .build();
  }
}
