package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.CreateRepositoryRequest;
import dev.longshore.shapes.ecr.CreateRepositoryResponse;
import dev.longshore.shapes.ecr.EncryptionConfiguration;
import dev.longshore.shapes.ecr.ImageScanningConfiguration;
import dev.longshore.shapes.ecr.LimitExceededException;
import dev.longshore.shapes.ecr.RepositoryAlreadyExistsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates a repository. */
public final class CreateRepository
    implements Command<CreateRepositoryRequest, CreateRepositoryResponse> {
  /** Repositories that one region of an account may have. */
  static final int MOST = 100_000;

  private final RepositoryAnswers answers;

  CreateRepository(RepositoryAnswers answers) {
    this.answers = answers;
  }

  @Override
  public CreateRepositoryResponse decide(
      Draft draft, CreateRepositoryRequest request, Context context) {
    String name = request.repositoryName();
    checkRegistry(request.registryId(), context);
    if (name.startsWith(PublicRepository.PREFIX)) {
      throw Repositories.invalid(
          "repositoryName",
          "names that begin with '" + PublicRepository.PREFIX + "' are of public repositories");
    }
    if (draft.find(ImageRepository.KIND, name) != null) {
      throw new RepositoryAlreadyExistsException(
          "The repository with name '"
              + name
              + "' already exists in the registry with id '"
              + context.place().accountId()
              + "'");
    }
    checkCount(draft, context);
    ImageRepository row =
        ImageRepository.created(
            name,
            context.now(),
            MutabilityRules.checked(
                request.imageTagMutability(), request.imageTagMutabilityExclusionFilters()),
            scans(request.imageScanningConfiguration()),
            encryption(request.encryptionConfiguration()),
            RepositoryTags.put(List.of(), request.tags()));
    draft.put(ImageRepository.KIND, row);
    return new CreateRepositoryResponse(answers.repository(row, context));
  }

  /** There is room for one more. */
  static void checkCount(Draft draft, Context context) {
    if (draft.count(ImageRepository.KIND) >= MOST) {
      throw new LimitExceededException(
          "The registry with id '"
              + context.place().accountId()
              + "' already has the maximum allowed number of repositories which is '"
              + MOST
              + "'");
    }
  }

  static void checkRegistry(@Nullable String registry, Context context) {
    if (registry != null && !registry.equals(context.place().accountId())) {
      throw Repositories.invalid("registryId", "must be the id of the account's own registry");
    }
  }

  private static boolean scans(@Nullable ImageScanningConfiguration configuration) {
    return configuration != null && Boolean.TRUE.equals(configuration.scanOnPush());
  }

  private static EncryptionConfiguration encryption(@Nullable EncryptionConfiguration asked) {
    if (asked == null) {
      return EncryptionConfiguration.builder().encryptionType("AES256").build();
    }
    if (!asked.encryptionType().equals("AES256")) {
      // Blobs are kept once for all repositories, so no key of one of them could lock them.
      throw Repositories.invalid(
          "encryptionConfiguration", "only encryption type AES256 is supported");
    }
    return asked;
  }
}
