package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What demands ask of instances, and the cohorts that follow from it. A demand that asks for
 * something new splits cohorts once; what has not been asked for longest is forgotten when there is
 * too much of it.
 */
final class Features {
  /** So many different demands are kept apart; half as many when there were more. */
  static final int MAX_ELIGIBILITIES = 256;

  /** Tasks are spread over so many attributes; half as many when there were more. */
  static final int MAX_DOMAINS = 16;

  /** Cohorts without instances that are kept, besides as many as have some. */
  private static final int MAX_EMPTY = 64;

  private final Fleet fleet;
  private final List<Feature> all = new ArrayList<>();
  private final Map<Eligibility.Key, Eligibility> eligibilities = new LinkedHashMap<>();
  private final Map<String, Domain> domains = new LinkedHashMap<>();
  private final List<Domain> listed = new ArrayList<>();
  private final Map<List<Integer>, Cohort> cohorts = new LinkedHashMap<>();
  private long clock;
  private long epoch;

  Features(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Counts how often features were forgotten: who holds one asks for it anew. */
  long epoch() {
    return epoch;
  }

  Eligibility eligibility(Eligibility.Key key) {
    Eligibility known = eligibilities.get(key);
    if (known == null) {
      known = new Eligibility(key, fleet);
      eligibilities.put(key, known);
      known.used(++clock);
      if (eligibilities.size() > MAX_ELIGIBILITIES) {
        keep(eligibilities, MAX_ELIGIBILITIES / 2);
        renew();
        return eligibility(key);
      }
      all.add(known);
      split(known);
    }
    known.used(++clock);
    return known;
  }

  Domain domain(String attribute) {
    Domain known = domains.get(attribute);
    if (known == null) {
      known = new Domain(attribute, domains.size());
      domains.put(attribute, known);
      known.used(++clock);
      if (domains.size() > MAX_DOMAINS) {
        keep(domains, MAX_DOMAINS / 2);
        renew();
        return domain(attribute);
      }
      listed.add(known);
      known.grow(fleet.capacity());
      known.readAll(fleet.rows());
      countAll(known);
      all.add(known);
      split(known);
    }
    known.used(++clock);
    return known;
  }

  private static <K, F extends Feature> void keep(Map<K, F> features, int count) {
    List<Long> times = new ArrayList<>();
    features.values().forEach(feature -> times.add(feature.usedAt()));
    times.sort(Comparator.reverseOrder());
    features.values().removeIf(feature -> feature.usedAt() <= times.get(count));
  }

  void grow(int capacity) {
    listed.forEach(domain -> domain.grow(capacity));
  }

  /** An instance's row was changed, while it is in no cohort. */
  void read(int instance) {
    ContainerInstance row = fleet.row(instance);
    for (Domain domain : listed) {
      countAll(domain, instance, -1);
      domain.read(instance, row);
      countAll(domain, instance, 1);
    }
  }

  private void countAll(Domain domain, int instance, int sign) {
    int value = domain.value(instance);
    for (int seat = 0; value >= 0 && seat < fleet.seats.size(instance); seat++) {
      int count = fleet.seats.count(instance, seat);
      fleet.groupIn(instance, seat).add(domain, value, sign * count);
    }
  }

  private void countAll(Domain domain) {
    for (int instance = 0; instance < fleet.capacity(); instance++) {
      countAll(domain, instance, 1);
    }
  }

  /** Tasks of a group came to an instance, or left it. */
  void count(Group group, int instance, int tasks) {
    for (int at = 0; at < listed.size(); at++) {
      Domain domain = listed.get(at);
      int value = domain.value(instance);
      if (value >= 0) {
        group.add(domain, value, tasks);
      }
    }
  }

  /** The cohort that an available instance belongs to. */
  Cohort cohortOf(int instance) {
    List<Integer> labels = new ArrayList<>(all.size());
    for (Feature feature : all) {
      labels.add(feature.label(instance));
    }
    return cohort(labels);
  }

  private Cohort cohort(List<Integer> labels) {
    Cohort known = cohorts.get(labels);
    if (known == null) {
      known = new Cohort(cohorts.size(), labels, fleet.byMemory, fleet.byCpu);
      cohorts.put(labels, known);
      for (int at = 0; at < labels.size(); at++) {
        if (labels.get(at) == 1 && all.get(at) instanceof Eligibility eligibility) {
          eligibility.cohorts().add(known);
        }
      }
    }
    return known;
  }

  /** Instances of a cohort that the newest feature tells apart move to others. */
  private void split(Feature newest) {
    List<Cohort> before = new ArrayList<>(cohorts.values());
    cohorts.clear();
    List<Integer> moving = new ArrayList<>();
    for (Cohort cohort : before) {
      int label = cohort.size == 0 ? 0 : newest.label(cohort.members[0]);
      for (int at = 1; at < cohort.size; at++) {
        if (newest.label(cohort.members[at]) != label) {
          moving.add(cohort.members[at]);
        }
      }
      List<Integer> labels = new ArrayList<>(cohort.labels());
      labels.add(label);
      cohort.labels(labels);
      cohorts.put(labels, cohort);
      if (label == 1 && newest instanceof Eligibility eligibility) {
        eligibility.cohorts().add(cohort);
      }
    }
    for (int instance : moving) {
      Cohort from = fleet.cohort(instance);
      if (from != null) {
        List<Integer> labels = new ArrayList<>(from.labels());
        labels.set(labels.size() - 1, newest.label(instance));
        fleet.leave(instance);
        fleet.join(instance, cohort(labels));
      }
    }
  }

  /** Begins anew where cohorts or values have become too many for what they are worth. */
  void settle() {
    boolean outgrown = false;
    for (Domain domain : listed) {
      outgrown |= domain.isOutgrown(fleet.size());
    }
    if (outgrown || (cohorts.size() > MAX_EMPTY && cohorts.size() > 2 * inUse() + MAX_EMPTY)) {
      renew();
    }
  }

  private int inUse() {
    int count = 0;
    for (Cohort cohort : cohorts.values()) {
      count += cohort.size > 0 ? 1 : 0;
    }
    return count;
  }

  private void renew() {
    epoch++;
    List<Integer> available = new ArrayList<>();
    for (int instance = 0; instance < fleet.capacity(); instance++) {
      if (fleet.cohort(instance) != null) {
        fleet.leave(instance);
        available.add(instance);
      }
    }
    cohorts.clear();
    all.clear();
    eligibilities.replaceAll((key, old) -> renewed(old));
    all.addAll(eligibilities.values());
    List<String> attributes = new ArrayList<>(domains.keySet());
    Map<String, Long> times = new LinkedHashMap<>();
    domains.forEach((attribute, domain) -> times.put(attribute, domain.usedAt()));
    domains.clear();
    listed.clear();
    fleet.clearCounts();
    for (String attribute : attributes) {
      Domain domain = new Domain(attribute, listed.size());
      domain.used(times.getOrDefault(attribute, 0L));
      domain.grow(fleet.capacity());
      domain.readAll(fleet.rows());
      domains.put(attribute, domain);
      listed.add(domain);
      countAll(domain);
    }
    all.addAll(listed);
    for (int instance : available) {
      fleet.join(instance, cohortOf(instance));
    }
  }

  private Eligibility renewed(Eligibility old) {
    Eligibility eligibility = new Eligibility(old.key, fleet);
    eligibility.used(old.usedAt());
    return eligibility;
  }
}
