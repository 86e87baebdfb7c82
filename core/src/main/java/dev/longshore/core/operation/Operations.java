package dev.longshore.core.operation;

import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The actions of one service that are built, and the reconcilers that keep what they asked for.
 * Each room registers its own; the order of the reconcilers is the order in which they run.
 */
public final class Operations {
  private final ServiceModel model;
  private final Map<String, Operation> byName = new TreeMap<>();
  private final Map<String, String> refused = new TreeMap<>();
  private final List<Reconciler> reconcilers = new ArrayList<>();
  private Needs needs = Needs.ON_EVERYTHING;

  /** An empty registry for the actions of that service. */
  public Operations(ServiceModel model) {
    this.model = model;
  }

  /** A registered action: either a command or a query. */
  public sealed interface Operation {
    /** The action's name in the API. */
    String name();
  }

  /** An action that changes the control plane. */
  public record Deciding(String name, Command<Shape, Shape> command) implements Operation {}

  /** An action that only reads. */
  public record Answering(String name, Query<Shape, Shape> query) implements Operation {}

  /**
   * Registers a command.
   *
   * @throws IllegalArgumentException the service has no such action, or it is registered already
   */
  @SuppressWarnings("unchecked") // The dispatcher decodes requests by the action's own schema.
  public <I extends Shape, O extends Shape> void command(String name, Command<I, O> command) {
    add(new Deciding(name, (Command<Shape, Shape>) command));
  }

  /**
   * Registers a query.
   *
   * @throws IllegalArgumentException the service has no such action, or it is registered already
   */
  @SuppressWarnings("unchecked") // As above.
  public <I extends Shape, O extends Shape> void query(String name, Query<I, O> query) {
    add(new Answering(name, (Query<Shape, Shape>) query));
  }

  /**
   * Says why these actions are not built, and will not be soon.
   *
   * @throws IllegalArgumentException the service has no such action, or it is registered already
   */
  public void refuse(String reason, String... names) {
    for (String name : names) {
      check(name);
      refused.put(name, reason);
    }
  }

  /** Why actions are not built, by their names; of those that are just not built yet, nothing. */
  public Map<String, String> refused() {
    return Collections.unmodifiableMap(refused);
  }

  /** Registers a reconciler; it runs after those registered before it. */
  public void reconciler(Reconciler reconciler) {
    reconcilers.add(reconciler);
  }

  /** Says what callers of this API must be allowed to do; without it, the action on everything. */
  public void needs(Needs said) {
    needs = said;
  }

  /** What callers of this API must be allowed to do. */
  public Needs needs() {
    return needs;
  }

  private void add(Operation operation) {
    check(operation.name());
    byName.put(operation.name(), operation);
  }

  private void check(String name) {
    if (model.operation(name) == null) {
      throw new IllegalArgumentException(model.name() + " has no action " + name + ".");
    }
    if (byName.containsKey(name) || refused.containsKey(name)) {
      throw new IllegalArgumentException(name + " is registered twice.");
    }
  }

  /** The service whose actions these are. */
  public ServiceModel model() {
    return model;
  }

  /** The action of that name; empty where it is not built or unknown. */
  public Optional<Operation> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Every registered action, sorted by name. */
  public Collection<Operation> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The reconcilers in the order in which they run. */
  public List<Reconciler> reconcilers() {
    return Collections.unmodifiableList(reconcilers);
  }
}
