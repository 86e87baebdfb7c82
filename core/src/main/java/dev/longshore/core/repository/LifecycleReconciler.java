package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.Lifecycle;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what lifecycle policies let expire: once when a policy is put, then every hour. ECR says
 * within 24 hours.
 */
public final class LifecycleReconciler implements Reconciler {
  private static final Duration INTERVAL = Duration.ofHours(1);

  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    ImageRepository row = change.after(ImageRepository.KIND);
    if (row != null && row.lifecycle() != null) {
      keys.accept(row.name());
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (ImageRepository row : view.all(ImageRepository.KIND)) {
      if (row.lifecycle() != null) {
        keys.accept(row.name());
      }
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    ImageRepository row = draft.find(ImageRepository.KIND, key);
    Lifecycle lifecycle = row == null ? null : row.lifecycle();
    if (row == null || lifecycle == null) {
      return null;
    }
    Instant due = lifecycle.evaluatedAt().plus(INTERVAL);
    if (context.now().isBefore(due)) {
      return due;
    }
    Expiry.of(draft, key, lifecycle.rules(), context.now())
        .forEach(expiring -> expire(draft, expiring.image(), context));
    draft.put(ImageRepository.KIND, row.withLifecycle(lifecycle.evaluated(context.now())));
    return context.now().plus(INTERVAL);
  }

  private static void expire(Draft draft, StoredImage image, Context context) {
    List<StoredImage> about = new ArrayList<>();
    draft.by(StoredImage.BY_SUBJECT, image.key()).forEach(about::add);
    Deletion.remove(draft, image, context);
    about.forEach(each -> Deletion.remove(draft, each, context));
  }
}
