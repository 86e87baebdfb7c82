package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image of one layer made from files, in the docker-archive format that {@link Images#load}
 * takes. Needs no registry and no base image. Equal files, config and platform make the same bytes
 * and so the same image id, on every machine.
 */
public final class ImageArchive implements Upload {
  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;

  private final SortedMap<String, RootFile> files;
  private final String layerDigest;
  private final long layerSize;
  private final byte[] config;
  private final String configDigest;
  private final String name;

  private ImageArchive(String name, List<RootFile> rootFiles, Json.Fields config)
      throws IOException {
    this.name = name;
    this.files = withDirectories(rootFiles);
    var layer = sha256();
    var counted =
        new TarWriter.CountingStream(
            new DigestOutputStream(OutputStream.nullOutputStream(), layer));
    writeLayer(counted);
    this.layerSize = counted.count();
    this.layerDigest = hex(layer.digest());
    this.config = JsonText.bytes(imageConfig(config));
    this.configDigest = hex(sha256().digest(this.config));
  }

  /**
   * Makes an archive.
   *
   * @param name with a tag, such as {@code demo/web:1}
   * @param rootFiles in any order; directories above them are added
   * @param config the engine's {@code ContainerConfig}: {@code Cmd}, {@code Env} …
   * @throws UncheckedIOException when a file cannot be read
   * @throws IllegalArgumentException when a path occurs twice
   */
  public static ImageArchive of(String name, List<RootFile> rootFiles, Json.Fields config) {
    try {
      return new ImageArchive(name, rootFiles, config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id that the engine gives the image: {@code sha256:…}. */
  public String imageId() {
    return "sha256:" + configDigest;
  }

  public String name() {
    return name;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    var tar = new TarWriter(out);
    var manifest = JsonText.bytes(manifest());
    tar.file("manifest.json", FILE_MODE, manifest.length, to -> to.write(manifest));
    tar.file(configDigest + ".json", FILE_MODE, config.length, to -> to.write(config));
    tar.directory(layerDigest, DIRECTORY_MODE);
    tar.file(layerPath(), FILE_MODE, layerSize, this::writeLayer);
    tar.end();
  }

  private Json manifest() {
    return new Json.Items(
        List.of(
            Json.fields()
                .with("Config", Json.of(configDigest + ".json"))
                .with("RepoTags", Json.items(List.of(name)))
                .with("Layers", Json.items(List.of(layerPath())))));
  }

  private String layerPath() {
    return layerDigest + "/layer.tar";
  }

  private Json imageConfig(Json.Fields config) {
    return Json.fields()
        .with("architecture", Json.of(architecture()))
        .with("os", Json.of("linux"))
        .with("created", Json.of("1970-01-01T00:00:00Z"))
        .with("config", config)
        .with(
            "rootfs",
            Json.fields()
                .with("type", Json.of("layers"))
                .with("diff_ids", Json.items(List.of("sha256:" + layerDigest))));
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }

  private void writeLayer(OutputStream out) throws IOException {
    var tar = new TarWriter(out);
    for (var file : files.values()) {
      switch (file) {
        case RootFile.Directory(var path, var mode) -> tar.directory(path, mode);
        case RootFile.Link(var path, var target) -> tar.link(path, target);
        case RootFile.Plain(var path, var mode, var size, var content) ->
            tar.file(path, mode, size, content);
      }
    }
    tar.end();
  }

  private static SortedMap<String, RootFile> withDirectories(List<RootFile> rootFiles) {
    var byPath = new TreeMap<String, RootFile>();
    for (var file : rootFiles) {
      if (byPath.put(file.path(), file) != null) {
        throw new IllegalArgumentException("twice in the image: " + file.path());
      }
    }
    for (var path : List.copyOf(byPath.keySet())) {
      for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        var directory = path.substring(0, slash);
        byPath.putIfAbsent(directory, new RootFile.Directory(directory, DIRECTORY_MODE));
      }
    }
    return byPath;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
