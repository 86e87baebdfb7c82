package dev.longshore.core.identity;

import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.DeleteLoginProfileRequest;
import dev.longshore.shapes.iam.GetLoginProfileRequest;
import dev.longshore.shapes.iam.ListMFADevicesRequest;
import dev.longshore.shapes.iam.ListMFADevicesResponse;
import dev.longshore.shapes.iam.ListOpenIDConnectProvidersResponse;
import dev.longshore.shapes.iam.ListSAMLProvidersResponse;
import dev.longshore.shapes.iam.ListSSHPublicKeysRequest;
import dev.longshore.shapes.iam.ListSSHPublicKeysResponse;
import dev.longshore.shapes.iam.ListServiceSpecificCredentialsResponse;
import dev.longshore.shapes.iam.ListSigningCertificatesRequest;
import dev.longshore.shapes.iam.ListSigningCertificatesResponse;
import dev.longshore.shapes.iam.ListVirtualMFADevicesResponse;
import dev.longshore.shapes.iam.NoSuchEntityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Questions about what nobody can have here: consoles' passwords, devices, certificates of users,
 * providers of identities. That there is none is the truth, and tools that take users and roles
 * down ask for it.
 */
final class Absent {
  private Absent() {}

  static void register(Operations operations) {
    operations.query(
        "ListMFADevices",
        (View view, ListMFADevicesRequest request, Context context) -> {
          check(view, request.userName());
          return new ListMFADevicesResponse(List.of(), false, null);
        });
    operations.query(
        "ListSSHPublicKeys",
        (View view, ListSSHPublicKeysRequest request, Context context) -> {
          check(view, request.userName());
          return new ListSSHPublicKeysResponse(List.of(), false, null);
        });
    operations.query(
        "ListSigningCertificates",
        (View view, ListSigningCertificatesRequest request, Context context) -> {
          check(view, request.userName());
          return new ListSigningCertificatesResponse(List.of(), false, null);
        });
    operations.query(
        "ListVirtualMFADevices",
        (View view, Shape request, Context context) ->
            new ListVirtualMFADevicesResponse(List.of(), false, null));
    operations.query(
        "ListServiceSpecificCredentials",
        (View view, Shape request, Context context) ->
            new ListServiceSpecificCredentialsResponse(List.of(), null, false));
    operations.query(
        "ListSAMLProviders",
        (View view, Shape request, Context context) -> new ListSAMLProvidersResponse(List.of()));
    operations.query(
        "ListOpenIDConnectProviders",
        (View view, Shape request, Context context) ->
            new ListOpenIDConnectProvidersResponse(List.of()));
    operations.query(
        "GetLoginProfile",
        (View view, GetLoginProfileRequest request, Context context) ->
            noPassword(Iam.userOrCaller(view, request.userName(), context)));
    operations.command(
        "DeleteLoginProfile",
        (Draft draft, DeleteLoginProfileRequest request, Context context) ->
            noPassword(Iam.userOrCaller(draft, request.userName(), context)));
    operations.query(
        "GetAccountPasswordPolicy",
        (View view, Shape request, Context context) -> {
          throw new NoSuchEntityException(
              "The Password Policy with domain name "
                  + context.place().accountId()
                  + " cannot be found.");
        });
  }

  private static void check(View view, @Nullable String userName) {
    if (userName != null) {
      Iam.user(view, userName);
    }
  }

  private static Shape noPassword(IamUser user) {
    throw new NoSuchEntityException("Login Profile for User " + user.name() + " cannot be found.");
  }
}
