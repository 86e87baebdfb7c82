package dev.longshore.agent.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine's images. A name is as in {@code docker pull}, or an image's id. */
public interface Images {
  /**
   * Pulls from a registry and answers when the image is there. Without tag and digest the tag is
   * {@code latest}. Progress is told on the calling thread.
   *
   * @param credentials null for a registry that asks for none
   * @throws DockerException {@code TIMED_OUT} when the limits' total or idle time ran out
   */
  void pull(
      ImageReference image,
      @Nullable RegistryCredentials credentials,
      PullLimits limits,
      Consumer<PullProgress> progress);

  /** Asks the registry, without pulling, which digest a name stands for ({@code sha256:…}). */
  String registryDigest(ImageReference image, @Nullable RegistryCredentials credentials);

  Image inspect(String name);

  List<Image.Summary> list();

  /** Gives an image a further name. */
  void tag(String name, ImageReference further);

  /** Takes a name away, and the image with its last name; {@code conflict()} while it is used. */
  void remove(String name, boolean force);

  /** Loads a docker-archive (tar) and answers the names or ids that came with it. */
  List<String> load(Upload archive);

  /** Writes images as a docker-archive (tar). */
  void save(String name, OutputStream to) throws IOException;

  /** Makes an image of one layer from a tar of files, and answers its id. */
  String importLayer(ImageReference name, Upload layer);
}
