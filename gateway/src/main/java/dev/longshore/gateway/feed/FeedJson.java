package dev.longshore.gateway.feed;

import dev.longshore.gateway.Listening;
import dev.longshore.gateway.feed.FeedMessage.Applied;
import dev.longshore.gateway.feed.FeedMessage.Beat;
import dev.longshore.gateway.feed.FeedMessage.Counted;
import dev.longshore.gateway.feed.FeedMessage.Found;
import dev.longshore.gateway.feed.FeedMessage.Health;
import dev.longshore.gateway.feed.FeedMessage.Hello;
import dev.longshore.gateway.feed.FeedMessage.Took;
import dev.longshore.gateway.feed.FeedMessage.Update;
import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Tallied;
import dev.longshore.gateway.route.TargetHealth;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.json.Members;
import java.util.LinkedHashMap;
import java.util.Map;

/** The messages of a feed to and from JSON. */
public final class FeedJson {
  private static final String TYPE = "type";
  private static final String VERSION = "version";
  private static final String PORT = "port";

  private FeedJson() {}

  /** One text frame. */
  public static String write(FeedMessage message) {
    Members json =
        switch (message) {
          case Hello hello ->
              named("hello").put("gateway", hello.gateway()).put("have", have(hello));
          case Update update ->
              named("update")
                  .put(VERSION, update.version())
                  .put("parts", new Json.Fields(update.parts()))
                  .put("gone", update.gone())
                  .put("more", update.more());
          case Took took -> named("took");
          case Applied applied ->
              named("applied")
                  .put(VERSION, applied.version())
                  .put("listeners", applied.listeners(), FeedJson::listening)
                  .put("problem", applied.problem());
          case Health health -> named("health").put("found", health.found(), FeedJson::found);
          case Counted counted ->
              named("counted")
                  .put("run", counted.run())
                  .put("minute", counted.minute())
                  .put("balancers", tallied(counted.balancers()))
                  .put("groups", tallied(counted.groups()));
          case Beat beat -> named("beat");
        };
    return json.json().write();
  }

  private static Members named(String type) {
    return new Members().put(TYPE, type);
  }

  private static Json have(Hello hello) {
    return Json.fields(hello.have());
  }

  private static Json listening(Listening each) {
    return new Members()
        .put("arn", each.listenerArn())
        .put(PORT, each.port())
        .put("failure", each.failure())
        .json();
  }

  private static Json found(Found each) {
    return new Members()
        .put("group", each.targetGroupArn())
        .put("id", each.targetId())
        .put(PORT, each.port())
        .put("state", each.health().state().name())
        .put("reason", each.health().reason())
        .put("description", each.health().description())
        .json();
  }

  /**
   * Reads a frame.
   *
   * @throws JsonSyntaxException it is no JSON
   * @throws IllegalArgumentException it is none of these messages
   */
  public static FeedMessage read(String frame) {
    Json json = Json.parse(frame);
    return switch (json.at(TYPE).text()) {
      case "hello" -> new Hello(json.at("gateway").text(), json.at("have").textMembers());
      case "update" ->
          new Update(
              json.at(VERSION).number(),
              json.at("parts").members(),
              json.at("gone").texts(),
              json.at("more").flag());
      case "took" -> new Took();
      case "applied" ->
          new Applied(
              json.at(VERSION).number(),
              json.at("listeners").elements().stream().map(FeedJson::listening).toList(),
              json.at("problem").text());
      case "health" ->
          new Health(json.at("found").elements().stream().map(FeedJson::found).toList());
      case "counted" ->
          new Counted(
              json.at("run").text(),
              json.at("minute").number(),
              tallied(json.at("balancers")),
              tallied(json.at("groups")));
      case "beat" -> new Beat();
      default ->
          throw new IllegalArgumentException("a feed has no message " + json.at(TYPE).text());
    };
  }

  private static Listening listening(Json json) {
    return new Listening(
        json.at("arn").text(), (int) json.at(PORT).number(), json.at("failure").text());
  }

  private static Json tallied(Map<String, Tallied> all) {
    Map<String, Json> json = new LinkedHashMap<>();
    all.forEach((name, each) -> json.put(name, tallied(each)));
    return new Json.Fields(json);
  }

  private static Json tallied(Tallied tallied) {
    Members counts = new Members();
    tallied.counts().forEach((count, number) -> counts.put(count.metric(), number));
    Members latencies = new Members();
    tallied.latencies().forEach((micros, number) -> latencies.put(micros.toString(), number));
    return new Members()
        .put("counts", counts.json())
        .put("latencies", latencies.json())
        .put("nanos", tallied.latencyNanos())
        .json();
  }

  private static Map<String, Tallied> tallied(Json json) {
    Map<String, Tallied> all = new LinkedHashMap<>();
    json.members().forEach((name, each) -> all.put(name, one(each)));
    return all;
  }

  private static Tallied one(Json json) {
    Map<Count, Long> counts = new LinkedHashMap<>();
    json.at("counts")
        .members()
        .forEach((name, each) -> counts.put(Count.named(name), each.number()));
    Map<Long, Long> latencies = new LinkedHashMap<>();
    json.at("latencies")
        .members()
        .forEach((micros, each) -> latencies.put(Long.valueOf(micros), each.number()));
    return new Tallied(counts, latencies, json.at("nanos").number());
  }

  private static Found found(Json json) {
    return new Found(
        json.at("group").text(),
        json.at("id").text(),
        (int) json.at(PORT).number(),
        new TargetHealth(
            TargetHealth.State.valueOf(json.at("state").text()),
            json.at("reason").text(),
            json.at("description").text()));
  }
}
