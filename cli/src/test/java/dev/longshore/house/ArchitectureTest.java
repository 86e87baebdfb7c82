package dev.longshore.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the classes to the table of rooms in ARCHITECTURE.md: the document is the rule. */
class ArchitectureTest {
  private static final String HOUSE = "dev.longshore.";
  private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9.]+)` \\| ([^|]*)\\|$");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9.*]+)`");

  /** Packages that hold a clock, a file, a socket, a thread or a chance. */
  private static final List<String> IMPURE =
      List.of(
          "java.io.", "java.net.", "java.nio.file.", "java.nio.channels.", "java.util.concurrent.");

  private static final Set<String> IMPURE_TYPES =
      Set.of("java.util.Random", "java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer");

  private static final Set<String> IMPURE_CALLS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.util.UUID.randomUUID",
          "java.lang.Math.random",
          "java.lang.System.identityHashCode",
          "java.util.Set.of",
          "java.util.Map.of",
          "java.util.Set.copyOf",
          "java.util.Map.copyOf",
          "java.util.Map.ofEntries");

  private static JavaClasses classes = new ClassFileImporter().importClasses(List.of());

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.longshore");
    assertThat(classes.size()).isGreaterThan(300);
  }

  /** The table, room by room. */
  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> table = new TreeMap<>();
    for (String line : House.read(House.root().resolve("ARCHITECTURE.md")).lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> mayUse = new TreeSet<>();
        NAME.matcher(row.group(2)).results().forEach(name -> mayUse.add(name.group(1)));
        table.put(row.group(1), mayUse);
      }
    }
    return table;
  }

  /** The room of a class: the longest name in the table that begins its package's name. */
  private static String room(Set<String> rooms, String packageName) {
    String inHouse = packageName.substring(HOUSE.length());
    String found = "";
    for (String room : rooms) {
      boolean inside = inHouse.equals(room) || inHouse.startsWith(room + ".");
      if (inside && room.length() > found.length()) {
        found = room;
      }
    }
    return found;
  }

  @Test
  void every_class_stands_in_a_room_of_the_table_and_every_room_holds_one() {
    Set<String> rooms = table().keySet();
    Set<String> homeless = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    for (JavaClass each : classes) {
      String room = room(rooms, each.getPackageName());
      if (room.isEmpty()) {
        homeless.add(each.getName());
      }
      used.add(room);
    }
    assertThat(homeless).isEmpty();
    assertThat(used).containsExactlyInAnyOrderElementsOf(rooms);
  }

  @Test
  void rooms_use_only_the_rooms_that_the_table_allows_and_all_of_them() {
    Map<String, Set<String>> table = table();
    Map<String, Set<String>> real = new TreeMap<>();
    table.keySet().forEach(room -> real.put(room, new TreeSet<>()));
    for (JavaClass each : classes) {
      String from = room(table.keySet(), each.getPackageName());
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (target.startsWith(HOUSE)) {
          String to = room(table.keySet(), target);
          if (!to.equals(from)) {
            real.computeIfAbsent(from, room -> new TreeSet<>()).add(to);
          }
        }
      }
    }
    assertThat(real).isEqualTo(table);
  }

  @Test
  void the_core_and_the_agents_task_engine_are_pure() {
    List<String> impure = new ArrayList<>();
    for (JavaClass each : classes) {
      if (isPure(each.getPackageName())) {
        impure.addAll(impurities(each));
      }
    }
    assertThat(impure).isEmpty();
  }

  private static boolean isPure(String packageName) {
    return packageName.startsWith("dev.longshore.core")
        || packageName.startsWith("dev.longshore.agent.task");
  }

  private static List<String> impurities(JavaClass each) {
    List<String> impure = new ArrayList<>();
    for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
      String name = dependency.getTargetClass().getName();
      if (IMPURE_TYPES.contains(name) || IMPURE.stream().anyMatch(name::startsWith)) {
        impure.add(each.getName() + " uses " + name);
      }
    }
    for (JavaMethodCall call : each.getMethodCallsFromSelf()) {
      String name = call.getTargetOwner().getName() + '.' + call.getName();
      if (IMPURE_CALLS.contains(name)) {
        impure.add(each.getName() + " calls " + name);
      }
    }
    return impure;
  }

  @Test
  void locks_stand_only_where_the_document_names_them() {
    String document = House.read(House.root().resolve("ARCHITECTURE.md"));
    List<String> unnamed = new ArrayList<>();
    for (JavaClass each : classes) {
      boolean locks =
          each.getMethods().stream()
                  .anyMatch(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
              || each.getDirectDependenciesFromSelf().stream()
                  .anyMatch(use ->
                      use.getTargetClass().getName().startsWith("java.util.concurrent.locks."));
      String simple = Arrays.asList(each.getName().split("[.$]")).getLast();
      if (locks && !document.contains("`" + simple + "`")) {
        unnamed.add(each.getName());
      }
    }
    assertThat(unnamed).isEmpty();
  }
}
