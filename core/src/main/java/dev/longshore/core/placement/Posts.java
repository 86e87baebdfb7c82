package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.language.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The posts of a DAEMON service: one on each available instance that meets its constraints, for one
 * of its tasks. While a post has no task, what its task will take of the instance is kept from all
 * others. Its fleet tells it of whatever changes on an instance, so that who keeps the service
 * looks at no instance where nothing did.
 *
 * <p>Expressions that read tasks only decide about a post without a task: or else the task itself
 * might make its instance unfit for it.
 */
public final class Posts {
  /** How the service stands on an instance. */
  private enum Place {
    /** A post that wants a task. */
    VACANT,
    /** A post without a task that had no room for one when it was last tried. */
    CRAMPED,
    /** A post with a task, be it one that is stopping. */
    TAKEN,
    /** No post, but a task, whose agent is away: nobody knows how it fares. */
    ABSENT,
    /** No post, but a task on a draining instance that others have yet to leave. */
    WAITING,
    /** No post, but a task on a draining instance that all others have left. */
    RELIEVED,
    /** No post, but a task on an instance that does not meet the constraints any more. */
    BARRED,
    /** Neither post nor task. */
    NONE
  }

  private static final class Post {
    final TreeSet<String> wanted = new TreeSet<>();
    int live;
    @Nullable Obstacle obstacle;
    boolean isKept;
    Place place = Place.NONE;
  }

  private final Fleet fleet;
  private final String serviceArn;
  private final Eligibility.Key key;
  private final List<Expression> moving = new ArrayList<>();
  private final Load load;
  private final Map<String, Post> posts = new LinkedHashMap<>();
  private final Map<Place, TreeSet<String>> places = new EnumMap<>(Place.class);

  Posts(Fleet fleet, String serviceArn, Demand demand) {
    this.fleet = fleet;
    this.serviceArn = serviceArn;
    key = Eligibility.Key.of(demand);
    demand.memberOf().stream().filter(Expression::readsTasks).forEach(moving::add);
    load = new Load(demand.cpu(), demand.memory(), new int[0], 0, demand.networkInterfaces());
    Arrays.stream(Place.values()).forEach(place -> places.put(place, new TreeSet<>()));
  }

  /** The service whose posts these are. */
  public String serviceArn() {
    return serviceArn;
  }

  /** How many there are: the service's desired count. */
  public int count() {
    return taken() + of(Place.VACANT).size() + of(Place.CRAMPED).size();
  }

  /** How many have a task, one that is stopping included. */
  public int taken() {
    return of(Place.TAKEN).size();
  }

  /** The ARNs of the instances whose posts want a task, sorted. */
  public SortedSet<String> vacant() {
    return Collections.unmodifiableSortedSet(of(Place.VACANT));
  }

  /** The ARN of an instance that has no room for the task of its post; null: all have. */
  public @Nullable String cramped() {
    return of(Place.CRAMPED).isEmpty() ? null : of(Place.CRAMPED).first();
  }

  /** What is in the way of a task on a cramped instance. */
  public @Nullable Obstacle obstacle(String instanceArn) {
    Post post = posts.get(instanceArn);
    return post == null ? null : post.obstacle;
  }

  /** The ARNs of wanted tasks on draining instances that nothing but tasks of daemons is on. */
  public List<String> relieved() {
    return wanted(Place.RELIEVED);
  }

  /** The ARNs of wanted tasks on instances that do not meet the constraints any more. */
  public List<String> barred() {
    return wanted(Place.BARRED);
  }

  /** The ARNs of wanted tasks whose agents are away. */
  public List<String> absent() {
    return wanted(Place.ABSENT);
  }

  /** The ARNs of wanted tasks on draining instances that others have yet to leave. */
  public List<String> waiting() {
    return wanted(Place.WAITING);
  }

  /** Whether a task is on an instance that is no post. */
  public boolean isStray(Task task) {
    Post post = posts.get(String.valueOf(task.containerInstanceArn()));
    return post == null || post.place != Place.TAKEN;
  }

  private List<String> wanted(Place place) {
    List<String> tasks = new ArrayList<>();
    of(place).forEach(arn -> tasks.addAll(post(arn).wanted));
    return tasks;
  }

  private NavigableSet<String> of(Place place) {
    return places.getOrDefault(place, new TreeSet<>());
  }

  private Post post(String instanceArn) {
    return posts.computeIfAbsent(instanceArn, arn -> new Post());
  }

  /** Lets a task of the service have what is kept for it; {@link #look} keeps it again. */
  public void lift(String instanceArn) {
    keep(instanceArn, post(instanceArn), false);
  }

  /** A vacant post has no room for its task; it is vacant again when its instance changes. */
  public void cramp(String instanceArn, Obstacle obstacle) {
    look(instanceArn);
    Post post = post(instanceArn);
    post.obstacle = obstacle;
    place(instanceArn, post, Place.CRAMPED);
  }

  /** A task was put, changed or removed; {@link #look} follows. */
  public void task(@Nullable Task before, @Nullable Task after) {
    count(before, -1);
    count(after, 1);
  }

  private void count(@Nullable Task task, int sign) {
    String arn = task == null ? null : task.containerInstanceArn();
    if (task == null || arn == null || task.isStopped() || !serviceArn.equals(task.serviceArn())) {
      return;
    }
    Post post = post(arn);
    post.live += sign;
    if (sign > 0 && task.isWanted()) {
      post.wanted.add(task.arn());
    } else {
      post.wanted.remove(task.arn());
    }
  }

  /** How many of the service's tasks that are not STOPPED an instance holds. */
  int tasks(String instanceArn) {
    Post post = posts.get(instanceArn);
    return post == null ? 0 : post.live;
  }

  /** Something changed on an instance. */
  public void look(String instanceArn) {
    int number = fleet.number(instanceArn);
    ContainerInstance row = number < 0 ? null : fleet.row(number);
    Post post = post(instanceArn);
    Place place = placed(number, row, post);
    post.obstacle = null;
    keep(instanceArn, post, place == Place.VACANT);
    place(instanceArn, post, place);
    if (place == Place.NONE && post.live == 0) {
      posts.remove(instanceArn);
    }
  }

  private void place(String instanceArn, Post post, Place place) {
    of(post.place).remove(instanceArn);
    post.place = place;
    if (place != Place.NONE) {
      of(place).add(instanceArn);
    }
  }

  private Place placed(int number, @Nullable ContainerInstance row, Post post) {
    if (row != null && row.isActive() && row.agentConnected() && admits(number, row, post)) {
      return post.live == 0 ? Place.VACANT : Place.TAKEN;
    }
    if (post.wanted.isEmpty()) {
      return Place.NONE;
    }
    if (row == null || (row.isActive() && !row.agentConnected())) {
      return Place.ABSENT;
    }
    if (row.isActive()) {
      return Place.BARRED;
    }
    return fleet.isLeftToDaemons(number, row.arn()) ? Place.RELIEVED : Place.WAITING;
  }

  private boolean admits(int number, ContainerInstance row, Post post) {
    if (!key.admits(row, fleet.subject.at(number))) {
      return false;
    }
    for (int at = 0; post.live == 0 && at < moving.size(); at++) {
      if (!moving.get(at).matches(fleet.subject.at(number))) {
        return false;
      }
    }
    return true;
  }

  private void keep(String instanceArn, Post post, boolean kept) {
    int number = fleet.number(instanceArn);
    if (post.isKept != kept && number >= 0) {
      fleet.keep(number, load, kept);
    }
    post.isKept = kept && number >= 0;
  }

  /** Gives up all posts: from now on nothing is kept for them. */
  void close() {
    posts.forEach((arn, post) -> keep(arn, post, false));
    posts.clear();
    places.values().forEach(TreeSet::clear);
  }
}
