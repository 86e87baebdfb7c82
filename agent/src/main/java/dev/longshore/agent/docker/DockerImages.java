package dev.longshore.agent.docker;

import static dev.longshore.agent.docker.EngineClient.CHANGE;
import static dev.longshore.agent.docker.EngineClient.LOOK;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /images} and {@code /distribution}. */
final class DockerImages implements Images {
  /** For archives of some gigabytes on a slow disk. */
  private static final Duration LOAD = Duration.ofMinutes(30);

  private final EngineClient client;

  DockerImages(EngineClient client) {
    this.client = client;
  }

  /** A name in a path: its slashes stay, as the engine's routes take them. */
  private static String path(String name, String action) {
    var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return "/images/" + encoded.replace("%2F", "/").replace("%3A", ":") + action;
  }

  private static Request with(Request request, @Nullable RegistryCredentials credentials) {
    return credentials == null ? request : request.header("X-Registry-Auth", credentials.header());
  }

  @Override
  public void pull(
      ImageReference image,
      @Nullable RegistryCredentials credentials,
      PullLimits limits,
      Consumer<PullProgress> progress) {
    var request =
        Request.post("/images/create")
            .query("fromImage", image.repository())
            .query("tag", image.tagOrDigest());
    var exchange = client.openFor(limits, with(request, credentials));
    try (var steps = new JsonFeed<>(exchange, DockerImages::unlessFailed)) {
      for (var step = steps.next(); step.isPresent(); step = steps.next()) {
        progress.accept(PullProgress.from(step.get()));
      }
    }
  }

  /** The engine has answered 200 by the time a pull or load fails: errors come in the stream. */
  private static Json unlessFailed(Json step) {
    var error = step.at("error").text();
    if (!error.isEmpty()) {
      // The docker client prints errors of a stream without a prefix.
      throw DockerException.inStream(error);
    }
    return step;
  }

  @Override
  public String registryDigest(ImageReference image, @Nullable RegistryCredentials credentials) {
    var name = image.digest().isEmpty() && image.tag().isEmpty() ? image + ":latest" : "" + image;
    var request = Request.get(path(name, "/json").replaceFirst("/images/", "/distribution/"));
    return client.call(with(request, credentials), CHANGE).json().at("Descriptor", "digest").text();
  }

  @Override
  public Image inspect(String name) {
    return Image.from(client.call(Request.get(path(name, "/json")), LOOK).json());
  }

  @Override
  public List<Image.Summary> list() {
    return client.call(Request.get("/images/json"), LOOK).json().elements().stream()
        .map(Image.Summary::from)
        .toList();
  }

  @Override
  public void tag(String name, ImageReference further) {
    var request =
        Request.post(path(name, "/tag"))
            .query("repo", further.repository())
            .query("tag", further.tagOrDigest());
    client.call(request, CHANGE);
  }

  @Override
  public void remove(String name, boolean force) {
    client.call(Request.delete(path(name, "")).query("force", force), CHANGE);
  }

  @Override
  public List<String> load(Upload archive) {
    var loaded = new ArrayList<String>();
    for (var step : sent(Request.post("/images/load").query("quiet", true), archive)) {
      afterPrefix(step.at("stream").text(), "Loaded image: ").ifPresent(loaded::add);
      afterPrefix(step.at("stream").text(), "Loaded image ID: ").ifPresent(loaded::add);
    }
    return List.copyOf(loaded);
  }

  private static Optional<String> afterPrefix(String line, String prefix) {
    return line.startsWith(prefix)
        ? Optional.of(line.substring(prefix.length()).strip())
        : Optional.empty();
  }

  @Override
  public void save(String name, OutputStream to) throws IOException {
    try (var archive = client.open(Request.get(path(name, "/get")), CHANGE).body()) {
      archive.transferTo(to);
    }
  }

  @Override
  public String importLayer(ImageReference name, Upload layer) {
    var request =
        Request.post("/images/create")
            .query("fromSrc", "-")
            .query("repo", name.repository())
            .query("tag", name.tagOrDigest());
    return sent(request, layer).getLast().at("status").text();
  }

  private List<Json> sent(Request request, Upload upload) {
    var answer = client.upload(request, upload, LOAD);
    return answer.documents().stream().map(DockerImages::unlessFailed).toList();
  }
}
