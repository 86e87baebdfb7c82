package dev.longshore.cli.image;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.wire.json.Json;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Brings images into the registry that an engine has, or a tar file. */
public final class ImageImport {
  private static final String NAMED = "org.opencontainers.image.ref.name";

  private final RegistryClient client;
  private final Transfer transfer;

  public ImageImport(RegistryClient client, Transfer transfer) {
    this.client = client;
    this.transfer = transfer;
  }

  /** Imports an image of an engine; answers what was pushed, by its digest. */
  public Map<ImageName, String> fromEngine(
      ContainerEngine engine, String image, @Nullable ImageName name)
      throws IOException, InterruptedException {
    long size = engine.images().inspect(image).size();
    Path file = Files.createTempFile("longshore-image", ".tar");
    try {
      LongConsumer done = transfer.begin("save " + image, size);
      try (OutputStream out = new Counted(Files.newOutputStream(file), done)) {
        engine.images().save(image, out);
      }
      transfer.end("saved");
      return fromArchive(file, name == null ? ImageName.parse(image) : name);
    } finally {
      Files.delete(file);
    }
  }

  private static final class Counted extends FilterOutputStream {
    private final LongConsumer done;
    private long count;

    Counted(OutputStream out, LongConsumer done) {
      super(out);
      this.done = done;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
      done.accept(count);
    }
  }

  /**
   * Imports what {@code docker save} wrote, or an archive of OCI's layout; answers what was pushed,
   * by its digest.
   *
   * @param name null for the names that the archive has
   */
  public Map<ImageName, String> fromArchive(Path file, @Nullable ImageName name)
      throws IOException, InterruptedException {
    Archive archive = Archive.open(file);
    if (archive.find("manifest.json") != null) {
      return saved(archive, name);
    }
    if (archive.find("index.json") != null) {
      return layout(archive, name);
    }
    throw new IOException(file + " has neither manifest.json nor index.json: it holds no image");
  }

  /** An image each with a configuration and layers, as Docker Engine writes them. */
  private Map<ImageName, String> saved(Archive archive, @Nullable ImageName name)
      throws IOException, InterruptedException {
    Map<ImageName, String> pushed = new LinkedHashMap<>();
    for (Json image : archive.json("manifest.json").elements()) {
      List<ImageName> names = new ArrayList<>();
      if (name != null) {
        names.add(name);
      } else {
        image.at("RepoTags").texts().forEach(each -> names.add(ImageName.parse(each)));
      }
      Part config = archive.part(image.at("Config").text(), Manifests.CONFIG);
      List<Part> layers = new ArrayList<>();
      for (String layer : image.at("Layers").texts()) {
        layers.add(archive.part(layer, layerType(archive, layer)));
      }
      for (ImageName each : names) {
        pushed.put(each, Manifests.push(client, each, config, layers, transfer));
      }
    }
    return named(pushed);
  }

  private static String layerType(Archive archive, String layer) throws IOException {
    byte[] start = archive.start(layer, 2);
    boolean zipped = start.length == 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
    return zipped ? Manifests.LAYER + "+gzip" : Manifests.LAYER;
  }

  /** Manifests and indexes are taken as they are, so digests stay what they were. */
  private Map<ImageName, String> layout(Archive archive, @Nullable ImageName name)
      throws IOException, InterruptedException {
    Map<ImageName, String> pushed = new LinkedHashMap<>();
    for (Json manifest : archive.json("index.json").at("manifests").elements()) {
      String reference = manifest.at("annotations", NAMED).text();
      ImageName as = name;
      if (as == null && !reference.isEmpty()) {
        as = ImageName.parse(reference);
      }
      if (as != null) {
        client.create(as.repository());
        pushed.put(as, manifest(archive, manifest, as.repository(), as.tag()));
      }
    }
    return named(pushed);
  }

  private static Map<ImageName, String> named(Map<ImageName, String> pushed) {
    if (pushed.isEmpty()) {
      throw new IllegalArgumentException("the archive does not say what its image is called");
    }
    return pushed;
  }

  private String manifest(Archive archive, Json descriptor, String repository, String reference)
      throws IOException, InterruptedException {
    byte[] bytes = archive.document(path(descriptor));
    String digest = descriptor.at("digest").text();
    if (!Part.digest(bytes).equals(digest)) {
      throw new IOException("the archive is damaged: " + digest + " has another digest");
    }
    Json manifest = archive.json(path(descriptor));
    for (Json child : manifest.at("manifests").elements()) {
      manifest(archive, child, repository, child.at("digest").text());
    }
    List<Json> blobs = new ArrayList<>(manifest.at("layers").elements());
    if (!manifest.at("config").isNull()) {
      blobs.add(manifest.at("config"));
    }
    for (Json blob : blobs) {
      // Layers that may not be handed on are not in the archive.
      if (archive.find(path(blob)) != null) {
        Part part = archive.part(path(blob), blob.at("mediaType").text());
        if (!part.digest().equals(blob.at("digest").text())) {
          throw new IOException("the archive is damaged: " + path(blob) + " has another digest");
        }
        client.push(repository, part, transfer);
      }
    }
    String type = descriptor.at("mediaType").text();
    return client.putManifest(repository, reference, bytes, type);
  }

  private static String path(Json descriptor) {
    return "blobs/" + descriptor.at("digest").text().replaceFirst(":", "/");
  }
}
