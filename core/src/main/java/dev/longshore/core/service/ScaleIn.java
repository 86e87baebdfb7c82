package dev.longshore.core.service;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.InstanceUsage;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.Preference;
import dev.longshore.core.state.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tasks that go when a service has too many. Tasks that are worth less (not running,
 * unhealthy) go first wherever they are; among equals the service's placement preferences are
 * applied in reverse, one after the other, and chance decides what they leave open.
 */
final class ScaleIn {
  private final View view;
  private final List<Preference> preferences;
  private final IntUnaryOperator chance;
  private final Map<String, Host> hosts = new LinkedHashMap<>();

  /** By {@code name=value} of an attribute: how many of the service's tasks stand there. */
  private final Map<String, int[]> buckets = new LinkedHashMap<>();

  /**
   * Counts the service's tasks.
   *
   * @param wanted all tasks of the service whose desired status is RUNNING
   * @param preferences none: any task of the same worth is as good as another
   * @param chance draws a number from 0 to its argument - 1
   */
  ScaleIn(View view, Iterable<Task> wanted, List<Preference> preferences, IntUnaryOperator chance) {
    this.view = view;
    this.preferences = preferences;
    this.chance = chance;
    for (Task task : wanted) {
      host(task).moved(1, 0, 0);
    }
  }

  private Host host(Task task) {
    String arn = task.containerInstanceArn() == null ? "" : task.containerInstanceArn();
    Host known = hosts.get(arn);
    if (known == null) {
      ContainerInstance instance = view.find(ContainerInstance.KIND, arn);
      known = new Host(instance, view.total(Task.USAGE, arn));
      for (Preference preference : preferences) {
        known.counts.add(bucket(preference, instance));
      }
      hosts.put(arn, known);
    }
    return known;
  }

  /** Where the tasks that a preference spreads are counted; an instance's own, or shared. */
  private int[] bucket(Preference preference, @Nullable ContainerInstance instance) {
    if (preference instanceof Preference.SpreadOverAttribute spread) {
      String value = instance == null ? null : instance.attribute(spread.name());
      return buckets.computeIfAbsent(spread.name() + '=' + value, key -> new int[1]);
    }
    return new int[1];
  }

  /**
   * Chooses, the next one in the light of those before.
   *
   * @param candidates wanted tasks of the service that may go
   * @param worth the lowest goes first
   * @param count how many; all candidates where they are fewer
   */
  List<Task> choose(List<Task> candidates, ToIntFunction<Task> worth, int count) {
    TreeMap<Integer, List<Task>> byWorth = new TreeMap<>();
    for (Task task : candidates) {
      byWorth.computeIfAbsent(worth.applyAsInt(task), key -> new ArrayList<>()).add(task);
    }
    List<Task> chosen = new ArrayList<>();
    for (List<Task> equals : byWorth.values()) {
      int left = count - chosen.size();
      chosen.addAll(preferences.isEmpty() ? drawn(equals, left) : ranked(equals, left));
    }
    return chosen;
  }

  private List<Task> drawn(List<Task> tasks, int count) {
    List<Task> chosen = new ArrayList<>();
    while (chosen.size() < count && !tasks.isEmpty()) {
      int at = chance.applyAsInt(tasks.size());
      chosen.add(tasks.get(at));
      tasks.set(at, tasks.getLast());
      tasks.removeLast();
    }
    return chosen;
  }

  private List<Task> ranked(List<Task> tasks, int count) {
    List<Host> open = new ArrayList<>();
    for (Task task : tasks) {
      Host host = host(task);
      if (host.candidates.isEmpty()) {
        open.add(host);
      }
      host.candidates.add(task);
    }
    List<Task> chosen = new ArrayList<>();
    while (chosen.size() < count && !open.isEmpty()) {
      Host host = best(open);
      Task task = host.candidates.removeLast();
      host.moved(-1, task.cpu(), task.memory());
      chosen.add(task);
      if (host.candidates.isEmpty()) {
        open.remove(host);
      }
    }
    open.forEach(host -> host.candidates.clear());
    return chosen;
  }

  private Host best(List<Host> open) {
    List<Host> left = open;
    for (int at = 0; at < preferences.size() && left.size() > 1; at++) {
      left = most(left, at);
    }
    return left.get(left.size() == 1 ? 0 : chance.applyAsInt(left.size()));
  }

  private List<Host> most(List<Host> all, int preference) {
    List<Host> best = new ArrayList<>();
    int most = Integer.MIN_VALUE;
    for (Host host : all) {
      int score = host.score(preference, preferences.get(preference));
      if (score > most) {
        most = score;
        best.clear();
      }
      if (score == most) {
        best.add(host);
      }
    }
    return best;
  }

  /** An instance that holds tasks of the service. */
  private static final class Host {
    final List<int[]> counts = new ArrayList<>();
    final List<Task> candidates = new ArrayList<>();
    private int cpuLeft;
    private int memoryLeft;

    Host(@Nullable ContainerInstance instance, InstanceUsage used) {
      cpuLeft = (instance == null ? 0 : instance.cpu()) - used.cpu();
      memoryLeft = (instance == null ? 0 : instance.memory()) - used.memory();
    }

    void moved(int tasks, int cpu, int memory) {
      counts.forEach(count -> count[0] += tasks);
      cpuLeft += cpu;
      memoryLeft += memory;
    }

    /** The host with the highest score loses a task: what placing would rather not have chosen. */
    int score(int at, Preference preference) {
      return switch (preference) {
        case Preference.SpreadOverInstances spread -> counts.get(at)[0];
        case Preference.SpreadOverAttribute spread -> counts.get(at)[0];
        case Preference.BinpackCpu binpack -> cpuLeft + candidates.getLast().cpu();
        case Preference.BinpackMemory binpack -> memoryLeft + candidates.getLast().memory();
      };
    }
  }
}
