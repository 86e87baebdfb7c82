package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.model.RegistrySetting;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.repository.KeepPublicRepository;
import dev.longshore.core.repository.NameRegistry;
import dev.longshore.core.repository.Repositories;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecr.Tag;
import dev.longshore.shapes.ecrpublic.AuthorizationData;
import dev.longshore.shapes.ecrpublic.CreateRepositoryRequest;
import dev.longshore.shapes.ecrpublic.CreateRepositoryResponse;
import dev.longshore.shapes.ecrpublic.DeleteRepositoryResponse;
import dev.longshore.shapes.ecrpublic.DescribeImageTagsRequest;
import dev.longshore.shapes.ecrpublic.DescribeImageTagsResponse;
import dev.longshore.shapes.ecrpublic.DescribeImagesResponse;
import dev.longshore.shapes.ecrpublic.DescribeRegistriesResponse;
import dev.longshore.shapes.ecrpublic.DescribeRepositoriesRequest;
import dev.longshore.shapes.ecrpublic.DescribeRepositoriesResponse;
import dev.longshore.shapes.ecrpublic.GetAuthorizationTokenResponse;
import dev.longshore.shapes.ecrpublic.GetRegistryCatalogDataResponse;
import dev.longshore.shapes.ecrpublic.GetRepositoryCatalogDataRequest;
import dev.longshore.shapes.ecrpublic.GetRepositoryCatalogDataResponse;
import dev.longshore.shapes.ecrpublic.Image;
import dev.longshore.shapes.ecrpublic.ImageDetail;
import dev.longshore.shapes.ecrpublic.ImageTagDetail;
import dev.longshore.shapes.ecrpublic.InvalidParameterException;
import dev.longshore.shapes.ecrpublic.PutImageResponse;
import dev.longshore.shapes.ecrpublic.PutRegistryCatalogDataRequest;
import dev.longshore.shapes.ecrpublic.PutRegistryCatalogDataResponse;
import dev.longshore.shapes.ecrpublic.PutRepositoryCatalogDataRequest;
import dev.longshore.shapes.ecrpublic.PutRepositoryCatalogDataResponse;
import dev.longshore.shapes.ecrpublic.ReferencedImageDetail;
import dev.longshore.shapes.ecrpublic.RegistryAlias;
import dev.longshore.shapes.ecrpublic.RegistryCatalogData;
import dev.longshore.shapes.ecrpublic.Repository;
import dev.longshore.shapes.ecrpublic.RepositoryCatalogData;
import dev.longshore.shapes.ecrpublic.RepositoryCatalogDataInput;
import dev.longshore.shapes.ecrpublic.RepositoryCatalogDataNotFoundException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The actions that Amazon ECR Public has for itself, or answers in other words. */
final class EcrPublicActions {
  private static final String ALIAS = "public";

  private final Registry registry;

  EcrPublicActions(Registry registry) {
    this.registry = registry;
  }

  Shape carryOut(String action, Shape input, Caller caller) {
    return switch (action) {
      case "CreateRepository" -> create((CreateRepositoryRequest) input, caller);
      case "DescribeRepositories" -> describe((DescribeRepositoriesRequest) input);
      case "DescribeImageTags" -> tags((DescribeImageTagsRequest) input);
      case "DescribeRegistries" -> registries();
      case "GetAuthorizationToken" -> token(caller);
      case "GetRegistryCatalogData" -> new GetRegistryCatalogDataResponse(displayed());
      case "PutRegistryCatalogData" -> name((PutRegistryCatalogDataRequest) input, caller);
      case "GetRepositoryCatalogData" -> catalog((GetRepositoryCatalogDataRequest) input);
      case "PutRepositoryCatalogData" -> put((PutRepositoryCatalogDataRequest) input, caller);
      default -> throw new IllegalArgumentException(action + " is not an action of ECR Public.");
    };
  }

  private String account() {
    return registry.place().accountId();
  }

  private String arn(String name) {
    return "arn:"
        + registry.place().partition()
        + ":ecr-public::"
        + account()
        + ":repository/"
        + name;
  }

  /** The ARN by which the private API knows a public repository. */
  String privateArn(String arn) {
    String beginning = arn("");
    if (!arn.startsWith(beginning)) {
      throw new InvalidParameterException(
          "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'");
    }
    String name = arn.substring(beginning.length());
    return Repositories.arn(registry.place(), PublicRegistry.stored(name));
  }

  private Repository shown(ImageRepository row) {
    String name = PublicRegistry.shown(row.name());
    return Repository.builder()
        .repositoryArn(arn(name))
        .registryId(account())
        .repositoryName(name)
        .repositoryUri(uri(row.name()))
        .createdAt(row.createdAt())
        .build();
  }

  /** An answer of the private API in which repositories still have their private names. */
  Shape renamed(Shape answer) {
    if (answer instanceof DeleteRepositoryResponse deleted) {
      Repository row = deleted.repository();
      return row == null ? answer : new DeleteRepositoryResponse(renamed(row));
    }
    if (answer instanceof DescribeImagesResponse described) {
      List<ImageDetail> details = described.imageDetails();
      return details == null
          ? answer
          : new DescribeImagesResponse(
              details.stream().map(EcrPublicActions::renamed).toList(), described.nextToken());
    }
    if (answer instanceof PutImageResponse put) {
      Image image = put.image();
      return image == null
          ? answer
          : new PutImageResponse(
              image.toBuilder().repositoryName(name(image.repositoryName())).build());
    }
    return answer;
  }

  private Repository renamed(Repository stored) {
    String name = name(stored.repositoryName());
    return stored.toBuilder()
        .repositoryName(name)
        .repositoryArn(arn(name))
        .repositoryUri(uri(PublicRegistry.stored(name)))
        .build();
  }

  private static ImageDetail renamed(ImageDetail detail) {
    return detail.toBuilder().repositoryName(name(detail.repositoryName())).build();
  }

  private String uri(String stored) {
    return PublicRegistry.host(registry.address()) + '/' + stored;
  }

  private static String name(@Nullable String stored) {
    return PublicRegistry.shown(Objects.requireNonNullElse(stored, ""));
  }

  private CreateRepositoryResponse create(CreateRepositoryRequest request, Caller caller) {
    PublicRepository data = data(request.repositoryName(), request.catalogData());
    List<Tag> tags = new ArrayList<>();
    if (request.tags() != null) {
      for (var tag : request.tags()) {
        tags.add(new Tag(text(tag.key()), text(tag.value())));
      }
    }
    ImageRepository row =
        registry.decide(
            new KeepPublicRepository(), new KeepPublicRepository.Asked(true, data, tags), caller);
    return new CreateRepositoryResponse(shown(row), shown(data));
  }

  private static String text(@Nullable String given) {
    return Objects.requireNonNullElse(given, "");
  }

  private static PublicRepository data(String name, @Nullable RepositoryCatalogDataInput input) {
    RepositoryCatalogDataInput given =
        input == null ? RepositoryCatalogDataInput.builder().build() : input;
    if (given.logoImageBlob() != null && given.logoImageBlob().size() > 0) {
      throw new InvalidParameterException(
          "Invalid parameter at 'logoImageBlob' failed to satisfy constraint: 'Longshore keeps no"
              + " logos'");
    }
    return new PublicRepository(
        PublicRegistry.stored(name),
        given.description(),
        given.architectures(),
        given.operatingSystems(),
        given.aboutText(),
        given.usageText());
  }

  private static RepositoryCatalogData shown(PublicRepository data) {
    return RepositoryCatalogData.builder()
        .description(data.description())
        .architectures(data.architectures())
        .operatingSystems(data.operatingSystems())
        .aboutText(data.about())
        .usageText(data.usage())
        .build();
  }

  private DescribeRepositoriesResponse describe(DescribeRepositoriesRequest request) {
    if (request.repositoryNames() != null) {
      List<Repository> named =
          request.repositoryNames().stream()
              .map(name -> shown(existing(request.registryId(), name)))
              .toList();
      return new DescribeRepositoriesResponse(named, null);
    }
    Paging paging =
        Paging.of("PublicRepositories", request.nextToken(), request.maxResults(), 1000, 100);
    Page<Repository> page =
        paging.page(
            registry.state().after(PublicRepository.KIND, paging.after()),
            PublicRepository::name,
            row -> shown(existing(null, PublicRegistry.shown(row.name()))));
    return new DescribeRepositoriesResponse(page.items(), page.nextToken());
  }

  private ImageRepository existing(@Nullable String registryId, String name) {
    return Repositories.existing(
        registry.state(), registryId, PublicRegistry.stored(name), registry.place());
  }

  private DescribeImageTagsResponse tags(DescribeImageTagsRequest request) {
    String name = existing(request.registryId(), request.repositoryName()).name();
    Paging paging = Paging.of("ImageTags", request.nextToken(), request.maxResults(), 1000, 100);
    Page<ImageTagDetail> page =
        paging.page(
            registry.state().by(ImageTag.BY_REPOSITORY, name, paging.after()),
            row -> ImageTag.key(row.repository(), row.tag()),
            this::tagged);
    return new DescribeImageTagsResponse(page.items(), page.nextToken());
  }

  private @Nullable ImageTagDetail tagged(ImageTag tag) {
    StoredImage image =
        registry.state().find(StoredImage.KIND, StoredImage.key(tag.repository(), tag.digest()));
    return image == null
        ? null
        : new ImageTagDetail(
            tag.tag(),
            image.pushedAt(),
            ReferencedImageDetail.builder()
                .imageDigest(image.digest())
                .imageSizeInBytes(image.size())
                .imagePushedAt(image.pushedAt())
                .imageManifestMediaType(image.mediaType())
                .artifactMediaType(
                    image.artifactType() == null ? image.configType() : image.artifactType())
                .build());
  }

  private DescribeRegistriesResponse registries() {
    var alias = new RegistryAlias(ALIAS, "ACTIVE", true, true);
    var only =
        dev.longshore.shapes.ecrpublic.Registry.builder()
            .registryId(account())
            .registryArn(
                "arn:"
                    + registry.place().partition()
                    + ":ecr-public::"
                    + account()
                    + ":registry/"
                    + account())
            .registryUri(uri(ALIAS))
            .verified(false)
            .aliases(List.of(alias))
            .build();
    return new DescribeRegistriesResponse(List.of(only), null);
  }

  private GetAuthorizationTokenResponse token(Caller caller) {
    Instant until = registry.now().plus(RegistryTokens.LIFE).truncatedTo(ChronoUnit.SECONDS);
    String pair = "AWS:" + registry.tokens().password(caller, until);
    return new GetAuthorizationTokenResponse(
        new AuthorizationData(Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)), until));
  }

  private RegistryCatalogData displayed() {
    RegistrySetting row = registry.state().find(RegistrySetting.KIND, NameRegistry.SETTING);
    return new RegistryCatalogData(row == null ? null : row.value());
  }

  private PutRegistryCatalogDataResponse name(
      PutRegistryCatalogDataRequest request, Caller caller) {
    String wanted = request.displayName();
    if (wanted != null) {
      registry.decide(new NameRegistry(), wanted, caller);
    }
    return new PutRegistryCatalogDataResponse(displayed());
  }

  private GetRepositoryCatalogDataResponse catalog(GetRepositoryCatalogDataRequest request) {
    ImageRepository row = existing(request.registryId(), request.repositoryName());
    PublicRepository data = registry.state().find(PublicRepository.KIND, row.name());
    if (data == null) {
      throw new RepositoryCatalogDataNotFoundException(
          "The repository with name '" + request.repositoryName() + "' has no catalog data");
    }
    return new GetRepositoryCatalogDataResponse(shown(data));
  }

  private PutRepositoryCatalogDataResponse put(
      PutRepositoryCatalogDataRequest request, Caller caller) {
    existing(request.registryId(), request.repositoryName());
    PublicRepository data = data(request.repositoryName(), request.catalogData());
    registry.decide(
        new KeepPublicRepository(), new KeepPublicRepository.Asked(false, data, List.of()), caller);
    return new PutRepositoryCatalogDataResponse(shown(data));
  }
}
