package dev.longshore.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatientStreamTest {
  @Test
  void what_comes_is_passed_on() throws IOException {
    try (var stream =
        new PatientStream(new ByteArrayInputStream(new byte[] {1, 2, 3}), Duration.ofMinutes(1))) {
      assertThat(stream.read()).isEqualTo(1);
      assertThat(stream.readAllBytes()).containsExactly(2, 3);
    }
  }

  @Test
  void a_peer_that_falls_silent_is_given_up() throws IOException {
    try (var peer = new PipedOutputStream();
        var stream = new PatientStream(new PipedInputStream(peer), Duration.ofMillis(50))) {
      peer.write(7);
      assertThat(stream.read()).isEqualTo(7);
      assertThatThrownBy(stream::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Nothing came");
    }
  }
}
