package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The container instances of one cluster with what their tasks leave of them, kept so that a {@link
 * Placement} need not look at all of them. Whoever keeps it tells it of every row that comes, goes
 * or changes, in any order: a task may be told of before its instance.
 *
 * <p>Instances have numbers, from 0 up and without large gaps; the number of one that left is given
 * away again.
 */
public final class Fleet {
  private static final int FIRST = 16;

  /** The instances of a group are kept as a set from so many on, */
  private static final int MANY = 64;

  /** and where they are at least one of so many: so that sets stay small for what they hold. */
  private static final int SPARSE = 256;

  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final List<Integer> freeNumbers = new ArrayList<>();
  private final List<Integer> freeGroups = new ArrayList<>();
  private @Nullable Group[] byNumber = new Group[FIRST];

  private @Nullable ContainerInstance[] rows = new ContainerInstance[0];
  private @Nullable Cohort[] cohorts = new Cohort[0];
  private int[] places = new int[0];
  private int[] bookings = new int[0];
  private int[] running = new int[0];
  private int registered;

  final Stock stock = new Stock();
  final Seats seats = new Seats();
  final Links byMemory = new Links();
  final Links byCpu = new Links();
  final Features features = new Features(this);
  final InstanceSubject subject = new InstanceSubject(this);
  final Search search = new Search(this);
  private final List<Posts> posts = new ArrayList<>();
  private boolean ranksByCpu;

  /** A fleet without instances. */
  public Fleet() {}

  /** The row of an instance; null where the number is free, or only its tasks were told of. */
  @Nullable ContainerInstance row(int number) {
    return rows[number];
  }

  @Nullable ContainerInstance[] rows() {
    return rows;
  }

  /** Its cohort; null while it takes no tasks. */
  @Nullable Cohort cohort(int number) {
    return cohorts[number];
  }

  /** How many instances are registered. */
  public int size() {
    return registered;
  }

  /** Numbers are below that. */
  int capacity() {
    return rows.length;
  }

  /** The instance's number; -1 where it is not known. */
  int number(String arn) {
    Integer number = numbers.get(arn);
    return number == null ? -1 : number;
  }

  /** How many tasks with desired status RUNNING the instance holds. */
  int running(int number) {
    return running[number];
  }

  /** The group of that name; null where it has no tasks. */
  @Nullable Group group(String name) {
    return groups.get(name);
  }

  /** An instance was registered, changed or deregistered. */
  public void instance(@Nullable ContainerInstance before, @Nullable ContainerInstance after) {
    ContainerInstance row = after == null || after.isInactive() ? null : after;
    if (row != null) {
      Integer number = numbers.get(row.arn());
      register(number == null ? open(row.arn()) : number, row);
    } else if (before != null) {
      Integer number = numbers.get(before.arn());
      if (number != null) {
        register(number, null);
        look(before.arn());
        closeIfUnused(number, before.arn());
      }
    }
    if (row != null) {
      look(row.arn());
    }
  }

  /** The posts of services look at an instance, for something changed there. */
  private void look(String arn) {
    for (int at = 0; at < posts.size(); at++) {
      posts.get(at).look(arn);
    }
  }

  /**
   * Opens the posts of a DAEMON service on all instances; from now on they follow this fleet.
   *
   * @param demand of each of the service's tasks
   * @param tasks the service's tasks that are not STOPPED
   */
  public Posts open(String serviceArn, Demand demand, Iterable<Task> tasks) {
    Posts opened = new Posts(this, serviceArn, demand);
    posts.add(opened);
    tasks.forEach(task -> opened.task(null, task));
    // Of each instance all services look anew, for its tasks now count as those of a daemon.
    List.copyOf(numbers.keySet()).forEach(this::look);
    return opened;
  }

  /** Gives up the posts of a service. */
  public void close(Posts closed) {
    closed.close();
    posts.remove(closed);
    List.copyOf(numbers.keySet()).forEach(this::look);
  }

  /** The posts of that service; null where it has none. */
  public @Nullable Posts posts(String serviceArn) {
    for (Posts each : posts) {
      if (each.serviceArn().equals(serviceArn)) {
        return each;
      }
    }
    return null;
  }

  /** Keeps a load from all tasks, or gives it back. */
  void keep(int number, Load load, boolean kept) {
    unrank(number);
    if (kept) {
      stock.take(number, load);
    } else {
      stock.giveBack(number, load);
    }
    rank(number);
  }

  /** Whether an instance holds no tasks but those of services with posts. */
  boolean isLeftToDaemons(int number, String arn) {
    int left = bookings[number];
    for (Posts each : posts) {
      left -= each.tasks(arn);
    }
    return left == 0;
  }

  /** A task was put, changed or removed. */
  public void task(@Nullable Task before, @Nullable Task after) {
    if (before != null && after != null && isBookedAlike(before, after)) {
      return;
    }
    if (before != null && isBooked(before)) {
      book(before, false);
    }
    if (after != null && isBooked(after)) {
      book(after, true);
    }
    for (int at = 0; at < posts.size(); at++) {
      posts.get(at).task(before, after);
    }
    if (!posts.isEmpty()) {
      look(before);
      look(after);
    }
  }

  private void look(@Nullable Task task) {
    String arn = task == null ? null : task.containerInstanceArn();
    if (arn != null) {
      look(arn);
    }
  }

  private static boolean isBooked(Task task) {
    return task.containerInstanceArn() != null && !task.isStopped();
  }

  private static boolean isBookedAlike(Task before, Task after) {
    return before.stopping() == after.stopping()
        && before.isStopped() == after.isStopped()
        && Objects.equals(before.group(), after.group())
        && before.containerInstanceArn() != null
        && before.containerInstanceArn().equals(after.containerInstanceArn());
  }

  private void book(Task task, boolean takes) {
    String arn = task.containerInstanceArn();
    if (arn == null) {
      return;
    }
    Integer known = numbers.get(arn);
    int number = known == null ? open(arn) : known;
    String group = task.isWanted() ? task.group() : null;
    if (takes) {
      take(number, Load.of(task), group);
    } else {
      giveBack(number, Load.of(task), group);
      closeIfUnused(number, arn);
    }
  }

  /** Books a load; with a group it counts as one of its tasks. */
  void take(int number, Load load, @Nullable String group) {
    unrank(number);
    stock.take(number, load);
    bookings[number]++;
    rank(number);
    if (group != null) {
      running[number]++;
      sit(number, group);
    }
  }

  void giveBack(int number, Load load, @Nullable String group) {
    unrank(number);
    stock.giveBack(number, load);
    bookings[number]--;
    rank(number);
    if (group != null) {
      running[number]--;
      rise(number, group);
    }
  }

  private void sit(int number, String name) {
    Group group = groups.get(name);
    if (group == null) {
      group = openGroup(name);
    }
    int seat = seats.find(number, group.number);
    if (seat < 0) {
      seat = seats.open(number, group.number);
      group.seats++;
    }
    int count = seats.count(number, seat);
    seats.count(number, seat, count + 1);
    Cohort cohort = cohorts[number];
    if (cohort != null && count == 0) {
      group.join(cohort, number, 1, seats, many());
    } else if (cohort != null) {
      group.crowd(cohort, seats).raise(number, count);
    }
    features.count(group, number, 1);
  }

  private void rise(int number, String name) {
    Group group = groups.get(name);
    int seat = group == null ? -1 : seats.find(number, group.number);
    if (group == null || seat < 0) {
      throw new IllegalStateException("No task of the group is on the instance.");
    }
    int count = seats.count(number, seat);
    Cohort cohort = cohorts[number];
    if (cohort != null && count == 1) {
      group.leave(cohort, number, 1, seats, many());
    } else if (cohort != null) {
      group.crowd(cohort, seats).lower(number, count);
    }
    features.count(group, number, -1);
    seats.count(number, seat, count - 1);
    if (count == 1) {
      seats.close(number, seat);
      if (--group.seats == 0) {
        closeGroup(group);
      }
    }
  }

  private Group openGroup(String name) {
    int number = freeGroups.isEmpty() ? groups.size() : freeGroups.removeLast();
    if (number >= byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, number * 2);
    }
    Group group = new Group(name, number);
    groups.put(name, group);
    byNumber[number] = group;
    return group;
  }

  private void closeGroup(Group group) {
    groups.remove(group.name);
    byNumber[group.number] = null;
    freeGroups.add(group.number);
  }

  private int open(String arn) {
    int number = freeNumbers.isEmpty() ? numbers.size() : freeNumbers.removeLast();
    if (number >= rows.length) {
      grow(Math.max(FIRST, number * 2));
    }
    numbers.put(arn, number);
    return number;
  }

  private void grow(int capacity) {
    rows = Arrays.copyOf(rows, capacity);
    cohorts = Arrays.copyOf(cohorts, capacity);
    places = Arrays.copyOf(places, capacity);
    bookings = Arrays.copyOf(bookings, capacity);
    running = Arrays.copyOf(running, capacity);
    stock.grow(capacity);
    seats.grow(capacity);
    byMemory.grow(capacity);
    byCpu.grow(capacity);
    features.grow(capacity);
  }

  private void closeIfUnused(int number, String arn) {
    if (rows[number] == null && bookings[number] == 0) {
      numbers.remove(arn);
      freeNumbers.add(number);
    }
  }

  private void register(int number, @Nullable ContainerInstance row) {
    ContainerInstance before = rows[number];
    if (before != null && row != null && isAlike(before, row)) {
      rows[number] = row;
      return;
    }
    if (cohorts[number] != null) {
      leave(number);
    }
    stock.registered(number, before, row);
    rows[number] = row;
    registered += (row == null ? 0 : 1) - (before == null ? 0 : 1);
    features.read(number);
    if (row != null && row.isActive() && row.agentConnected()) {
      join(number, features.cohortOf(number));
    }
    features.settle();
  }

  /** Whether placement sees no difference. */
  private static boolean isAlike(ContainerInstance before, ContainerInstance after) {
    return before.status().equals(after.status())
        && before.agentConnected() == after.agentConnected()
        && before.attributes().equals(after.attributes())
        && before.cpu() == after.cpu()
        && before.memory() == after.memory()
        && before.reservedPorts().equals(after.reservedPorts())
        && before.gpus().size() == after.gpus().size()
        && before.networkInterfaces() == after.networkInterfaces()
        && Objects.equals(before.versionInfo(), after.versionInfo());
  }

  void join(int number, Cohort cohort) {
    cohorts[number] = cohort;
    places[number] = cohort.add(number);
    for (int seat = 0; seat < seats.size(number); seat++) {
      groupIn(number, seat).join(cohort, number, seats.count(number, seat), seats, many());
    }
    rank(number);
  }

  void leave(int number) {
    unrank(number);
    Cohort cohort = cohorts[number];
    if (cohort == null) {
      return;
    }
    for (int seat = 0; seat < seats.size(number); seat++) {
      groupIn(number, seat).leave(cohort, number, seats.count(number, seat), seats, many());
    }
    int moved = cohort.remove(places[number]);
    places[moved] = places[number];
    cohorts[number] = null;
  }

  Group groupIn(int number, int seat) {
    Group group = byNumber[seats.group(number, seat)];
    if (group == null) {
      throw new IllegalStateException("A seat is taken by no group.");
    }
    return group;
  }

  private int many() {
    return Math.max(MANY, capacity() / SPARSE);
  }

  private void rank(int number) {
    Cohort cohort = cohorts[number];
    if (cohort != null && stock.isRanked(number)) {
      Cohort.Cell cell = cohort.cell(stock.cell(number));
      cell.byMemory().add(stock.byMemory(number), number);
      if (ranksByCpu) {
        cell.byCpu().add(stock.byCpu(number), number);
      }
    }
  }

  private void unrank(int number) {
    Cohort cohort = cohorts[number];
    if (cohort != null && stock.isRanked(number)) {
      Cohort.Cell cell = cohort.cell(stock.cell(number));
      cell.byMemory().remove(stock.byMemory(number), number);
      if (ranksByCpu) {
        cell.byCpu().remove(stock.byCpu(number), number);
      }
    }
  }

  /** Forgets how groups are spread over domains. */
  void clearCounts() {
    groups.values().forEach(Group::clearCounts);
  }

  /** From now on instances are ranked by CPU as well. */
  void rankByCpu() {
    if (ranksByCpu) {
      return;
    }
    ranksByCpu = true;
    for (int number = 0; number < cohorts.length; number++) {
      Cohort cohort = cohorts[number];
      if (cohort != null && stock.isRanked(number)) {
        cohort.cell(stock.cell(number)).byCpu().add(stock.byCpu(number), number);
      }
    }
  }
}
