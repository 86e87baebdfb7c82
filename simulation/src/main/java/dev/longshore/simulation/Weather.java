package dev.longshore.simulation;

import java.util.Locale;

/**
 * How bad things are: each seed draws its own mixture, so that some lives know only lost answers,
 * some only crashes, and some everything at once. Once it is calm nothing goes wrong any more.
 */
final class Weather {
  final double requestLoss;
  final double answerLoss;
  final double duplication;
  final double frameLoss;
  final double slowness;
  final double engineFaults;
  final double eventLoss;
  final double containerDeaths;
  final double agentDeaths;
  private boolean calm;

  Weather(Chance chance) {
    requestLoss = chance.upTo(0.2);
    answerLoss = chance.upTo(0.2);
    duplication = chance.upTo(0.2);
    frameLoss = chance.upTo(0.1);
    slowness = chance.upTo(0.1);
    engineFaults = chance.upTo(0.15);
    eventLoss = chance.upTo(0.5);
    containerDeaths = chance.upTo(0.3);
    agentDeaths = chance.upTo(0.01);
  }

  void calm() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /** Whether a fault of that probability happens. */
  boolean strikes(Chance chance, double probability) {
    return !calm && chance.in(probability);
  }

  /** How long something is under way, in milliseconds; now and then very long. */
  long delay(Chance chance, int least, int most) {
    int usual = chance.between(least, most);
    return strikes(chance, slowness) ? usual * 50L : usual;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "lost requests %.2f, lost answers %.2f, doubled %.2f, lost frames %.2f, slow %.2f,"
            + " engine faults %.2f, lost events %.2f, container deaths %.2f, agent deaths %.3f",
        requestLoss,
        answerLoss,
        duplication,
        frameLoss,
        slowness,
        engineFaults,
        eventLoss,
        containerDeaths,
        agentDeaths);
  }
}
