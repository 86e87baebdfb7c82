package dev.longshore.server.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ServerCertificate;
import dev.longshore.core.model.Tables;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import dev.longshore.server.identity.PemCertificates;
import dev.longshore.server.vault.Keyring;
import dev.longshore.server.vault.SealingVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are replaced while they are shown. */
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class CertificateBookTest {
  private static final String ARN = "arn:aws:acm:us-east-1:123456789012:certificate/web";
  private static final String UPLOADED = "arn:aws:iam::123456789012:server-certificate/web";

  @TempDir private Path directory;
  private dev.longshore.server.http.Certificates first;
  private dev.longshore.server.http.Certificates second;
  private SealingVault vault;
  private CertificateBook book;

  @BeforeEach
  void make() throws Exception {
    first = dev.longshore.server.http.Certificates.in(directory, "first", "EC");
    second = dev.longshore.server.http.Certificates.in(directory, "second", "EC");
    SecureRandom random = new SecureRandom();
    vault = new SealingVault(Keyring.parse(List.of(Keyring.fresh(random))), random);
    book =
        new CertificateBook(
            new Certificates(vault, new CertificateFiles(directory, new PemCertificates())));
  }

  private void replace(Path with, String name) throws IOException {
    Path file = directory.resolve(name);
    Files.copy(with, file, StandardCopyOption.REPLACE_EXISTING);
    // Whatever the clock of the file system can tell apart.
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusNanos(System.nanoTime())));
  }

  private String shown() throws IOException {
    return book.read(Tables.empty(), ARN).chain();
  }

  private boolean hasChanged() {
    return book.hasChanged(Tables.empty(), ARN);
  }

  @Test
  void half_of_a_new_pair_changes_nothing_and_the_whole_does() throws Exception {
    assertThatThrownBy(this::shown).isInstanceOf(IOException.class).hasMessageContaining("web.crt");
    assertThat(hasChanged()).isFalse();
    replace(first.pem(), "web.crt");
    replace(first.key(), "web.key");
    assertThat(hasChanged()).isTrue();
    assertThat(shown()).isEqualTo(Files.readString(first.pem()));
    assertThat(hasChanged()).isFalse();
    replace(second.pem(), "web.crt");
    assertThat(hasChanged()).isTrue();
    assertThat(shown()).isEqualTo(Files.readString(first.pem()));
    assertThat(hasChanged()).isFalse();
    replace(second.key(), "web.key");
    assertThat(hasChanged()).isTrue();
    assertThat(shown()).isEqualTo(Files.readString(second.pem()));
    Files.delete(directory.resolve("web.key"));
    assertThat(shown()).isEqualTo(Files.readString(second.pem()));
  }

  private State uploaded(String id, dev.longshore.server.http.Certificates pair)
      throws IOException {
    Draft draft = Draft.on(Tables.empty());
    byte[] key = Files.readAllBytes(pair.key());
    draft.put(
        ServerCertificate.KIND,
        new ServerCertificate(
            "web",
            "/",
            id,
            UPLOADED,
            Instant.EPOCH,
            null,
            Files.readString(pair.pem()),
            null,
            vault.seal(key, ServerCertificate.place(id)),
            Map.of()));
    return draft.state();
  }

  @Test
  void a_certificate_that_is_uploaded_anew_under_its_name_is_another_one() throws Exception {
    State before = uploaded("ASCA1", first);
    assertThat(book.read(before, UPLOADED).chain()).startsWith(Files.readString(first.pem()));
    assertThat(book.hasChanged(before, UPLOADED)).isFalse();
    State after = uploaded("ASCA2", second);
    assertThat(book.hasChanged(after, UPLOADED)).isTrue();
    assertThat(book.read(after, UPLOADED).chain()).startsWith(Files.readString(second.pem()));
  }
}
