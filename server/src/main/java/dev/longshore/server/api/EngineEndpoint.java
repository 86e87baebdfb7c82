package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Operations.Answering;
import dev.longshore.core.operation.Operations.Deciding;
import dev.longshore.core.operation.Place;
import dev.longshore.server.engine.Engine;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Has an engine decide the commands of a registry, and answers its queries from committed State.
 */
public final class EngineEndpoint implements Endpoint {
  private final Later<Operations> operations;
  private final Engine engine;
  private final Place place;
  private final InstantSource clock;

  private EngineEndpoint(
      Later<Operations> operations, Engine engine, Place place, InstantSource clock) {
    this.operations = operations;
    this.engine = engine;
    this.place = place;
    this.clock = clock;
  }

  /** The registry's API, served by its engine. */
  public static ServedApi served(
      Operations operations, Engine engine, Place place, InstantSource clock) {
    return served(operations.model(), () -> operations, engine, place, clock);
  }

  /**
   * The same of an API that is not called in every process: its registry is made with the first
   * call, so that a start does not load what it is made of.
   *
   * @param made may be asked more than once, but only one of its answers is used
   */
  public static ServedApi served(
      ServiceModel model,
      Supplier<Operations> made,
      Engine engine,
      Place place,
      InstantSource clock) {
    var operations = new Later<>(made);
    var endpoint = new EngineEndpoint(operations, engine, place, clock);
    return new ServedApi(
        model,
        operation -> operations.get().named(operation.name()).isPresent(),
        endpoint,
        endpoint::needs,
        name -> operations.get().refused().get(name));
  }

  private List<Need> needs(String action, Shape input, Caller caller) {
    return operations.get().needs().of(action, input, engine.state(), context(caller));
  }

  @Override
  public CompletionStage<Shape> call(OperationModel operation, Shape input, Caller caller) {
    return switch (operations.get().named(operation.name()).orElseThrow()) {
      case Deciding deciding -> engine.submit(deciding.command(), input, caller);
      case Answering answering ->
          CompletableFuture.completedFuture(
              answering.query().answer(engine.state(), input, context(caller)));
    };
  }

  /** Queries run on many threads and record nothing, so their ids need no seed. */
  private Context context(Caller caller) {
    Ids ids = () -> ThreadLocalRandom.current().nextLong();
    return new Context(clock.instant().truncatedTo(ChronoUnit.MILLIS), caller, place, ids);
  }
}
