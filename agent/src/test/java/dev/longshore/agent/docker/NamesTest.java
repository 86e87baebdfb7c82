package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "web, web, '', '', latest",
    "a/web:1, a/web, 1, '', 1",
    "localhost:5000/web, localhost:5000/web, '', '', latest",
    "localhost:5000/web:v2, localhost:5000/web, v2, '', v2",
    "web@sha256:ab, web, '', sha256:ab, sha256:ab",
    "h:1/web:2@sha256:ab, h:1/web, 2, sha256:ab, sha256:ab",
  })
  void an_image_reference_falls_into_its_parts(
      String name, String repository, String tag, String digest, String asked) {
    var reference = ImageReference.parse(name);
    assertThat(reference).isEqualTo(new ImageReference(repository, tag, digest));
    assertThat(reference).hasToString(name);
    assertThat(reference.tagOrDigest()).isEqualTo(asked);
  }

  @Test
  void a_name_stands_for_no_digest_of_another_repository() {
    var known = List.of("127.0.0.1:5000/app@sha256:one", "busybox@sha256:two");
    assertThat(ImageReference.parse("127.0.0.1:5000/app:1").digestAmong(known))
        .isEqualTo("sha256:one");
    for (var name : List.of("busybox", "docker.io/library/busybox:1", "library/busybox")) {
      assertThat(ImageReference.parse(name).digestAmong(known)).isEqualTo("sha256:two");
    }
    assertThat(ImageReference.parse("app:1").digestAmong(known)).isNull();
    assertThat(ImageReference.parse("app:1").digestAmong(List.of())).isNull();
  }

  @Test
  void an_engines_address_is_read_as_docker_reads_it() {
    assertThat(EngineAddress.parse(null)).hasToString("unix:///var/run/docker.sock");
    assertThat(EngineAddress.parse("")).isEqualTo(EngineAddress.STANDARD);
    assertThat(EngineAddress.parse("unix:///run/podman/podman.sock"))
        .isEqualTo(new EngineAddress.Socket(Path.of("/run/podman/podman.sock")));
    assertThat(EngineAddress.parse("tcp://h")).isEqualTo(new EngineAddress.Tcp("h", 2375));
    assertThat(EngineAddress.parse("tcp://[::1]:80")).isEqualTo(new EngineAddress.Tcp("::1", 80));
    assertThat(EngineAddress.parse("tcp://[::1]")).isEqualTo(new EngineAddress.Tcp("::1", 2375));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ssh://h", "/var/run/docker.sock", "unix://a", "tcp://", "tcp://h:x", "tcp://h:0"})
  void an_address_of_another_form_is_refused(String dockerHost) {
    assertThatThrownBy(() -> EngineAddress.parse(dockerHost))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unable to parse docker host `" + dockerHost + "`");
  }
}
