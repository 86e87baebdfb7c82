package dev.longshore.core.identity;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ServerCertificate;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.DeleteConflictException;
import dev.longshore.shapes.iam.DeleteServerCertificateRequest;
import dev.longshore.shapes.iam.EntityAlreadyExistsException;
import dev.longshore.shapes.iam.GetServerCertificateRequest;
import dev.longshore.shapes.iam.GetServerCertificateResponse;
import dev.longshore.shapes.iam.ListServerCertificatesRequest;
import dev.longshore.shapes.iam.ListServerCertificatesResponse;
import dev.longshore.shapes.iam.NoSuchEntityException;
import dev.longshore.shapes.iam.ServerCertificateMetadata;
import dev.longshore.shapes.iam.UpdateServerCertificateRequest;
import dev.longshore.shapes.iam.UploadServerCertificateRequest;
import dev.longshore.shapes.iam.UploadServerCertificateResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The actions on server certificates. No action shows a private key; it stands sealed. */
final class ServerCertificates {
  private final Vault vault;
  private final CertificateReader reader;

  ServerCertificates(Vault vault, CertificateReader reader) {
    this.vault = vault;
    this.reader = reader;
  }

  static ServerCertificate certificate(View view, String name) {
    ServerCertificate certificate = view.find(ServerCertificate.KIND, name);
    if (certificate == null) {
      throw new NoSuchEntityException(
          "The Server Certificate with name " + name + " cannot be found.");
    }
    return certificate;
  }

  private static void checkFree(View view, String name) {
    if (view.find(ServerCertificate.KIND, name) != null) {
      throw new EntityAlreadyExistsException(
          "The Server Certificate with name " + name + " already exists.");
    }
  }

  UploadServerCertificateResponse upload(
      Draft draft, UploadServerCertificateRequest request, Context context) {
    String name = request.serverCertificateName();
    checkFree(draft, name);
    String key = request.privateKey();
    Instant end = reader.check(request.certificateBody(), request.certificateChain(), key);
    String path = Iam.path(request.path());
    String id = Iam.uniqueId("ASCA", context.ids());
    ServerCertificate row =
        new ServerCertificate(
            name,
            path,
            id,
            Iam.arn(context.place(), "server-certificate", path, name),
            context.now(),
            end,
            request.certificateBody(),
            request.certificateChain(),
            vault.seal(key.getBytes(StandardCharsets.UTF_8), ServerCertificate.place(id)),
            TagLists.of(request.tags()));
    draft.put(ServerCertificate.KIND, row);
    return new UploadServerCertificateResponse(shown(row), TagLists.orNull(row.tags()));
  }

  static GetServerCertificateResponse get(
      View view, GetServerCertificateRequest request, Context context) {
    ServerCertificate row = certificate(view, request.serverCertificateName());
    return new GetServerCertificateResponse(
        new dev.longshore.shapes.iam.ServerCertificate(
            shown(row), row.body(), row.chain(), TagLists.orNull(row.tags())));
  }

  static ListServerCertificatesResponse list(
      View view, ListServerCertificatesRequest request, Context context) {
    String prefix = Iam.path(request.pathPrefix());
    List<ServerCertificate> rows = new ArrayList<>();
    for (ServerCertificate row : view.all(ServerCertificate.KIND)) {
      if (row.path().startsWith(prefix)) {
        rows.add(row);
      }
    }
    Pages.Page<ServerCertificateMetadata> page =
        new Pages(request.marker(), request.maxItems())
            .of(rows, ServerCertificate::name, ServerCertificates::shown);
    return new ListServerCertificatesResponse(page.items(), page.truncated(), page.marker());
  }

  static Shape update(Draft draft, UpdateServerCertificateRequest request, Context context) {
    ServerCertificate row = certificate(draft, request.serverCertificateName());
    String newName = request.newServerCertificateName();
    String name = newName == null ? row.name() : newName;
    String path = request.newPath() == null ? row.path() : request.newPath();
    if (!name.equals(row.name())) {
      checkFree(draft, name);
      draft.remove(ServerCertificate.KIND, row.name());
    }
    draft.put(
        ServerCertificate.KIND,
        row.named(name, path, Iam.arn(context.place(), "server-certificate", path, name)));
    return Iam.NOTHING;
  }

  static Shape delete(Draft draft, DeleteServerCertificateRequest request, Context context) {
    ServerCertificate row = certificate(draft, request.serverCertificateName());
    for (Listener listener : draft.all(Listener.KIND)) {
      if (listener.shown().contains(row.arn())) {
        throw new DeleteConflictException(
            "Certificate: "
                + row.id()
                + " is currently in use by "
                + listener.loadBalancerArn()
                + ". Please remove it first before deleting it from IAM.");
      }
    }
    draft.remove(ServerCertificate.KIND, row.name());
    return Iam.NOTHING;
  }

  private static ServerCertificateMetadata shown(ServerCertificate row) {
    return new ServerCertificateMetadata(
        row.path(), row.name(), row.id(), row.arn(), row.uploadedAt(), row.expiration());
  }
}
