package dev.longshore.core.identity;

import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.policy.Decision;
import dev.longshore.core.policy.Inquiry;
import dev.longshore.core.policy.Keys;
import dev.longshore.core.policy.MalformedPolicyException;
import dev.longshore.core.policy.Policy;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.core.policy.PolicySet;
import dev.longshore.core.policy.Subject;
import dev.longshore.core.state.View;
import dev.longshore.shapes.iam.ContextEntry;
import dev.longshore.shapes.iam.EvaluationResult;
import dev.longshore.shapes.iam.InvalidInputException;
import dev.longshore.shapes.iam.NoSuchEntityException;
import dev.longshore.shapes.iam.PermissionsBoundaryDecisionDetail;
import dev.longshore.shapes.iam.SimulateCustomPolicyRequest;
import dev.longshore.shapes.iam.SimulatePolicyResponse;
import dev.longshore.shapes.iam.SimulatePrincipalPolicyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What policies would say, told without doing it: the engine's own answer. */
final class Simulation {
  private Simulation() {}

  /** What is simulated, whoever's policies it is by. */
  private record Asked(
      List<String> actions,
      @Nullable List<String> resources,
      @Nullable String resourcePolicy,
      @Nullable String callerArn,
      @Nullable List<ContextEntry> entries,
      Pages pages) {}

  static SimulatePolicyResponse ofPrincipal(
      View view, SimulatePrincipalPolicyRequest request, Context context) {
    String source = request.policySourceArn();
    PolicySet held = held(view, source);
    List<Policy> identity = new ArrayList<>(held.identity());
    for (String document : Given.list(request.policyInputList())) {
      identity.add(read(document, PolicyKind.IDENTITY));
    }
    Policy boundary = boundary(request.permissionsBoundaryPolicyInputList());
    PolicySet set = new PolicySet(identity, boundary == null ? held.boundary() : boundary, null);
    String caller = request.callerArn() == null ? source : request.callerArn();
    return simulate(
        set,
        new Asked(
            request.actionNames(),
            request.resourceArns(),
            request.resourcePolicy(),
            caller,
            request.contextEntries(),
            new Pages(request.marker(), request.maxItems())),
        context);
  }

  static SimulatePolicyResponse custom(
      View view, SimulateCustomPolicyRequest request, Context context) {
    List<Policy> identity = new ArrayList<>();
    for (String document : request.policyInputList()) {
      identity.add(read(document, PolicyKind.IDENTITY));
    }
    Policy boundary = boundary(request.permissionsBoundaryPolicyInputList());
    return simulate(
        new PolicySet(identity, boundary, null),
        new Asked(
            request.actionNames(),
            request.resourceArns(),
            request.resourcePolicy(),
            request.callerArn(),
            request.contextEntries(),
            new Pages(request.marker(), request.maxItems())),
        context);
  }

  private static PolicySet held(View view, String arn) {
    IamUser user = view.find(IamUser.KIND, last(arn));
    IamRole role = view.find(IamRole.KIND, last(arn));
    IamGroup group = view.find(IamGroup.KIND, last(arn));
    if (user != null && user.arn().equals(arn)) {
      return CallerPolicies.of(view, user, DocumentSource.READING);
    }
    if (role != null && role.arn().equals(arn)) {
      return CallerPolicies.of(view, role, DocumentSource.READING);
    }
    if (group != null && group.arn().equals(arn)) {
      return CallerPolicies.of(view, group, DocumentSource.READING);
    }
    throw new NoSuchEntityException("No entity with ARN " + arn + " was found.");
  }

  private static String last(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  private static @Nullable Policy boundary(@Nullable List<String> documents) {
    List<String> given = Given.list(documents);
    return given.isEmpty() ? null : read(given.getFirst(), PolicyKind.IDENTITY);
  }

  private static Policy read(String document, PolicyKind kind) {
    try {
      return PolicyReader.read(document, kind);
    } catch (MalformedPolicyException e) {
      throw new InvalidInputException("Invalid policy input: " + e.text());
    }
  }

  private static SimulatePolicyResponse simulate(PolicySet set, Asked asked, Context context) {
    Map<String, List<String>> given = new TreeMap<>();
    for (ContextEntry entry : Given.list(asked.entries())) {
      given.put(
          Given.text(entry.contextKeyName()).toLowerCase(Locale.ROOT),
          Given.list(entry.contextKeyValues()));
    }
    given.putIfAbsent("aws:currenttime", List.of(context.now().toString()));
    String caller = Given.text(asked.callerArn());
    Subject subject = Subject.of(context.place().accountId(), caller, null, null);
    Policy resource =
        asked.resourcePolicy() == null ? null : read(asked.resourcePolicy(), PolicyKind.RESOURCE);
    List<String> resources = Given.list(asked.resources());
    Map<String, EvaluationResult> results = new TreeMap<>();
    for (String action : asked.actions()) {
      for (String arn : resources.isEmpty() ? List.of("*") : resources) {
        Keys keys = given::get;
        Inquiry inquiry = new Inquiry(subject, action.toLowerCase(Locale.ROOT), arn, keys);
        results.put(action + ' ' + arn, result(set, inquiry, resource, action));
      }
    }
    Pages.Page<EvaluationResult> page =
        asked.pages().of(results.entrySet(), Map.Entry::getKey, Map.Entry::getValue);
    return new SimulatePolicyResponse(page.items(), page.truncated(), page.marker());
  }

  private static EvaluationResult result(
      PolicySet set, Inquiry inquiry, @Nullable Policy resource, String action) {
    Decision decision = set.decide(inquiry, resource, false);
    boolean byBoundary =
        decision == Decision.DENIED_BY_BOUNDARY || decision == Decision.NOT_ALLOWED_BY_BOUNDARY;
    return EvaluationResult.builder()
        .evalActionName(action)
        .evalResourceName(inquiry.resource())
        .evalDecision(
            decision.allowed() ? "allowed" : decision.explicit() ? "explicitDeny" : "implicitDeny")
        .matchedStatements(List.of())
        .missingContextValues(List.of())
        .permissionsBoundaryDecisionDetail(
            set.boundary() == null ? null : new PermissionsBoundaryDecisionDetail(!byBoundary))
        .build();
  }
}
