package dev.longshore.cli;

import dev.longshore.server.RegistrySettings;
import dev.longshore.server.RootKeys;
import dev.longshore.server.blob.ObjectStore;
import dev.longshore.server.registry.ReplicationTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a command that runs a control plane may be told about its registry. */
final class RegistryOptions {
  private static final Pattern TARGET =
      Pattern.compile("([a-z0-9-]{2,25})=(https?://[^,/]+)/?,(.+)");

  @Option(
      names = "--encrypt-images",
      description = "Seal images where they are stored, under image-key of the data directory.")
  private boolean encryptImages;

  @Option(
      names = "--blob-store",
      paramLabel = "s3://BUCKET/PREFIX",
      description = {
        "Keep images in an S3-compatible store (default: in the data directory). Keys are those",
        "that AWS's SDKs find: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile."
      })
  private @Nullable String blobStore;

  @Option(
      names = "--blob-store-endpoint",
      paramLabel = "URL",
      description = "Address of the S3-compatible store (default: Amazon's).")
  private @Nullable URI endpoint;

  @Option(
      names = "--blob-store-region",
      paramLabel = "REGION",
      description = "Region of the bucket (default: that of AWS's SDKs, else us-east-1).")
  private @Nullable String region;

  @Option(
      names = "--blob-store-path-style",
      description = "Name the bucket in the path, as most stores but Amazon's want it.")
  private boolean pathStyle;

  @Option(
      names = "--replicate",
      paramLabel = "REGION=URL,KEYFILE",
      description = {
        "The server that replication rules mean by a region, and a file with an access key id and",
        "its secret, a line each, such as root-key of its data directory. May be repeated."
      })
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--registry-bytes",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "Bytes that all images may have, such as 500G (default: what the disk takes).")
  private long registryBytes = Long.MAX_VALUE;

  @Option(
      names = "--repository-bytes",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "Bytes that the images of one repository may have (default: no limit).")
  private long repositoryBytes = Long.MAX_VALUE;

  RegistrySettings settings(CommandSpec spec, ServerOptions options) throws IOException {
    Path authorities = options.authorities();
    SSLContext trust = authorities == null ? null : Trust.in(authorities);
    return RegistrySettings.USUAL
        .withSealed(encryptImages)
        .withObjects(objects(spec))
        .withTargets(targets(spec), trust)
        .withQuota(registryBytes, repositoryBytes);
  }

  private @Nullable ObjectStore objects(CommandSpec spec) {
    if (blobStore == null) {
      return null;
    }
    try {
      return ObjectStore.at(blobStore, endpoint, region, pathStyle);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private List<ReplicationTarget> targets(CommandSpec spec) throws IOException {
    List<ReplicationTarget> all = new ArrayList<>();
    for (String text : targets) {
      Matcher target = TARGET.matcher(text);
      if (!target.matches()) {
        throw new ParameterException(
            spec.commandLine(), "--replicate is REGION=http://HOST:PORT,KEYFILE, not " + text);
      }
      all.add(
          new ReplicationTarget(
              target.group(1),
              URI.create(target.group(2)),
              RootKeys.read(Path.of(target.group(3)))));
    }
    return all;
  }
}
