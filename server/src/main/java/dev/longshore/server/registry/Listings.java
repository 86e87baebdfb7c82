package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.StoredImage;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.http.Response;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import dev.longshore.wire.json.Members;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists repositories, tags, and the manifests that are about another. */
final class Listings {
  private static final int MOST = 1_000;

  /** An answer is no larger than a manifest may be, which is what clients are ready for. */
  private static final int MOST_BYTES = ManifestReader.MOST_BYTES / 2;

  private final Registry registry;

  Listings(Registry registry) {
    this.registry = registry;
  }

  /** A page of names. */
  private record Page(List<String> names, boolean more) {}

  Response tags(Call call) {
    String last = call.parameter("last");
    Page page =
        page(
            call,
            registry
                .state()
                .by(
                    ImageTag.BY_REPOSITORY,
                    call.repository(),
                    last == null ? null : ImageTag.key(call.repository(), last)),
            ImageTag::tag);
    Map<String, Json> body = new TreeMap<>();
    body.put("name", Json.of(call.repository()));
    body.put("tags", Json.items(page.names()));
    return linked(call, page, new Json.Fields(body));
  }

  Response catalog(Call call) {
    Page page =
        page(
            call,
            registry.state().after(ImageRepository.KIND, call.parameter("last")),
            ImageRepository::name);
    return linked(call, page, Json.fields().with("repositories", Json.items(page.names())));
  }

  private static <R> Page page(Call call, Iterable<R> rows, Function<R, String> name) {
    int size = size(call.parameter("n"));
    List<String> names = new ArrayList<>();
    for (R row : rows) {
      if (names.size() == size) {
        return new Page(names, size > 0);
      }
      names.add(name.apply(row));
    }
    return new Page(names, false);
  }

  private static int size(@Nullable String asked) {
    if (asked == null) {
      return MOST;
    }
    try {
      int size = Integer.parseInt(asked);
      if (size >= 0) {
        return Math.min(size, MOST);
      }
    } catch (NumberFormatException e) {
      throw new RefusedException(
          400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
    }
    throw new RefusedException(
        400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
  }

  private static Response linked(Call call, Page page, Json body) {
    Response response = Response.of(200, "application/json", JsonText.bytes(body));
    if (!page.more()) {
      return response;
    }
    return linked(call, response, page.names().getLast(), "&n=" + page.names().size());
  }

  Response referrers(Call call) {
    Digest digest = call.digest();
    String wanted = call.parameter("artifactType");
    String last = call.parameter("last");
    int size = size(call.parameter("n"));
    List<Json> descriptors = new ArrayList<>();
    long bytes = 0;
    String shown = null;
    boolean more = false;
    String subject = StoredImage.key(call.repository(), digest.toString());
    for (StoredImage image :
        registry
            .state()
            .by(
                StoredImage.BY_SUBJECT,
                subject,
                last == null ? null : StoredImage.key(call.repository(), last))) {
      String type = image.artifactType() == null ? image.configType() : image.artifactType();
      if (wanted != null && !wanted.equals(type)) {
        continue;
      }
      Json descriptor = descriptor(image, type);
      int length = JsonText.bytes(descriptor).length;
      more = descriptors.size() == size || (bytes + length > MOST_BYTES && shown != null);
      if (more) {
        break;
      }
      descriptors.add(descriptor);
      bytes += length;
      shown = image.digest();
    }
    Json index =
        Json.fields()
            .with("schemaVersion", Json.of(2))
            .with("mediaType", Json.of(ManifestReader.OCI_INDEX))
            .with("manifests", new Json.Items(descriptors));
    Response response = Response.of(200, ManifestReader.OCI_INDEX, JsonText.bytes(index));
    if (more && shown != null) {
      String filter = wanted == null ? "" : "&artifactType=" + URLEncoder.encode(wanted, UTF_8);
      response = linked(call, response, shown, filter + (size == MOST ? "" : "&n=" + size));
    }
    return wanted == null ? response : response.with("oci-filters-applied", "artifactType");
  }

  private static Response linked(Call call, Response response, String last, String more) {
    String next = call.request().path() + "?last=" + URLEncoder.encode(last, UTF_8) + more;
    return response.with("link", '<' + next + ">; rel=\"next\"");
  }

  private static Json descriptor(StoredImage image, @Nullable String type) {
    return new Members()
        .put("mediaType", Json.of(image.mediaType()))
        .put("digest", Json.of(image.digest()))
        .put("size", Json.of(image.manifestSize()))
        .put("artifactType", Json.of(type))
        .put("annotations", image.annotations().isEmpty() ? null : Json.fields(image.annotations()))
        .json();
  }
}
