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
import dev.longshore.shapes.Shape;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Has an engine decide the commands of a registry, and answers its queries from committed State.
 */
public final class EngineEndpoint implements Endpoint {
  private final Operations operations;
  private final Engine engine;
  private final Place place;
  private final InstantSource clock;

  public EngineEndpoint(Operations operations, Engine engine, Place place, InstantSource clock) {
    this.operations = operations;
    this.engine = engine;
    this.place = place;
    this.clock = clock;
  }

  /** The registry's API, served by its engine. */
  public static ServedApi served(
      Operations operations, Engine engine, Place place, InstantSource clock) {
    var endpoint = new EngineEndpoint(operations, engine, place, clock);
    return new ServedApi(
        operations.model(),
        operation -> operations.named(operation.name()).isPresent(),
        endpoint,
        endpoint::needs);
  }

  private List<Need> needs(String action, Shape input, Caller caller) {
    return operations.needs().of(action, input, engine.state(), context(caller));
  }

  @Override
  public CompletionStage<Shape> call(OperationModel operation, Shape input, Caller caller) {
    return switch (operations.named(operation.name()).orElseThrow()) {
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
