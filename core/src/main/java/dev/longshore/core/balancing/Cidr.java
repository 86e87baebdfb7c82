package dev.longshore.core.balancing;

import dev.longshore.core.operation.Given;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IP addresses and blocks of them, as texts. */
final class Cidr {
  /** The networks in which targets may be: private ones, and this machine itself. */
  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8");

  private Cidr() {}

  /** The address as a number; null where the text is no IPv4 address. */
  static @Nullable Long address(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    long address = 0;
    for (String part : parts) {
      if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
        return null;
      }
      address = address << 8 | Integer.parseInt(part);
    }
    return address;
  }

  /** Whether the text is a block of addresses, of either version. */
  static boolean isBlock(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String length = text.substring(slash + 1);
    String address = text.substring(0, slash);
    if (!length.matches("[0-9]{1,3}")) {
      return false;
    }
    boolean sixth = address.indexOf(':') >= 0;
    return Integer.parseInt(length) <= (sixth ? 128 : 32)
        && (sixth ? isSixth(address) : address(address) != null);
  }

  private static boolean isSixth(String address) {
    int gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address) == 8;
    }
    String head = address.substring(0, gap);
    String tail = address.substring(gap + 2);
    int before = head.isEmpty() ? 0 : groups(head);
    int after = tail.isEmpty() ? 0 : groups(tail);
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** How many groups stand there; -9 where something else does. */
  private static int groups(String text) {
    String[] groups = text.split(":", -1);
    for (String group : groups) {
      if (!group.matches("[0-9A-Fa-f]{1,4}")) {
        return -9;
      }
    }
    return groups.length;
  }

  /** Whether a target may be at that address. */
  static boolean isPrivate(String text) {
    Long address = address(text);
    return address != null && PRIVATE.stream().anyMatch(block -> holds(block, address));
  }

  private static boolean holds(String block, long address) {
    int slash = block.indexOf('/');
    int shift = 32 - Integer.parseInt(block.substring(slash + 1));
    Long start = address(Given.text(block.substring(0, slash)));
    return start != null && start >> shift == address >> shift;
  }
}
