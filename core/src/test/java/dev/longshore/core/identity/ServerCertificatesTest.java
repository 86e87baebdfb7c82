package dev.longshore.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ServerCertificate;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.elbv2.Certificate;
import dev.longshore.shapes.iam.DeleteConflictException;
import dev.longshore.shapes.iam.DeleteServerCertificateRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerCertificatesTest {
  private static final String ARN = "arn:aws:iam::123456789012:server-certificate/web";
  private static final String BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef";

  private final Harbour harbour = new Harbour();

  @BeforeEach
  void upload() {
    ServerCertificate row =
        new ServerCertificate(
            "web",
            "/",
            "ASCAEXAMPLE",
            ARN,
            Harbour.OPENING,
            null,
            "-----BEGIN CERTIFICATE-----",
            null,
            Blob.of(new byte[] {1}),
            Map.of());
    harbour.edit(draft -> draft.put(ServerCertificate.KIND, row));
  }

  private void listener(List<Certificate> usual, List<String> further) {
    Listener row =
        new Listener(
            "listener",
            BALANCER,
            "rule",
            443,
            dev.longshore.shapes.elbv2.Listener.builder().certificates(usual).build(),
            further,
            Map.of(),
            List.of(),
            null,
            null);
    harbour.edit(draft -> draft.put(Listener.KIND, row));
  }

  private void delete() {
    harbour.call(ServerCertificates::delete, new DeleteServerCertificateRequest("web"));
  }

  private void isInUse() {
    assertThatThrownBy(this::delete)
        .isInstanceOf(DeleteConflictException.class)
        .hasMessage(
            "Certificate: ASCAEXAMPLE is currently in use by "
                + BALANCER
                + ". Please remove it first before deleting it from IAM.");
  }

  @Test
  void a_certificate_that_a_listener_shows_is_not_deleted() {
    listener(List.of(Certificate.builder().certificateArn(ARN).build()), List.of());
    isInUse();
    listener(List.of(), List.of(ARN));
    isInUse();
    listener(List.of(), List.of(ARN + "-other"));
    delete();
    assertThat(harbour.state().all(ServerCertificate.KIND)).isEmpty();
  }
}
