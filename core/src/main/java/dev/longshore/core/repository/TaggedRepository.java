package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;

/** The repository that an ARN names. */
final class TaggedRepository {
  private static final String TYPE = "repository/";

  private TaggedRepository() {}

  static ImageRepository of(View view, String text, Context context) {
    Arn arn = Arn.parse(text).orElse(null);
    if (arn == null
        || !arn.service().equals("ecr")
        || !arn.region().equals(context.place().region())
        || !arn.resource().startsWith(TYPE)) {
      throw Repositories.invalid("resourceArn", "Invalid ARN");
    }
    return Repositories.existing(
        view, arn.accountId(), arn.resource().substring(TYPE.length()), context);
  }
}
