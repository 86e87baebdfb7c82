package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.DescribeRepositoriesRequest;
import dev.longshore.shapes.ecr.DescribeRepositoriesResponse;
import dev.longshore.shapes.ecr.Repository;
import java.util.List;

/** Describes repositories, sorted by name. */
public final class DescribeRepositories
    implements Query<DescribeRepositoriesRequest, DescribeRepositoriesResponse> {
  private final RepositoryAnswers answers;

  DescribeRepositories(RepositoryAnswers answers) {
    this.answers = answers;
  }

  @Override
  public DescribeRepositoriesResponse answer(
      View view, DescribeRepositoriesRequest request, Context context) {
    if (request.repositoryNames() != null) {
      List<Repository> named =
          request.repositoryNames().stream()
              .map(name -> Repositories.existing(view, request.registryId(), name, context))
              .map(row -> answers.repository(row, context))
              .toList();
      return new DescribeRepositoriesResponse(named, null);
    }
    Paging paging =
        Paging.of("DescribeRepositories", request.nextToken(), request.maxResults(), 1000, 100);
    Page<Repository> page =
        paging.page(
            view.after(ImageRepository.KIND, paging.after()),
            ImageRepository::name,
            row -> isPublic(row) ? null : answers.repository(row, context));
    return new DescribeRepositoriesResponse(page.items(), page.nextToken());
  }

  /** Those are another API's. */
  private static boolean isPublic(ImageRepository row) {
    return row.name().startsWith(PublicRepository.PREFIX);
  }
}
