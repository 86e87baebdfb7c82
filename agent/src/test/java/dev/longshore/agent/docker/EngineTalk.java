package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client that is connected with an engine that the test plays. */
abstract class EngineTalk {
  static final String INSPECT = "GET /v1.41/containers/x/json";

  FakeEngine fake;
  ContainerEngine engine;

  @BeforeEach
  void connect() throws IOException {
    fake = new FakeEngine();
    engine = DockerEngine.at(fake.address());
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
    fake.close();
  }

  static DockerException failure(Runnable call) {
    return catchThrowableOfType(DockerException.class, call::run);
  }
}
