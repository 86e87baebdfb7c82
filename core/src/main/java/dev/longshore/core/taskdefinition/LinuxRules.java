package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.KernelCapabilities;
import dev.longshore.shapes.ecs.LinuxParameters;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.SystemControl;
import dev.longshore.shapes.ecs.Tmpfs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for what a container asks of the Linux kernel. */
final class LinuxRules {
  private static final List<String> CAPABILITIES =
      List.of(
          "ALL",
          "AUDIT_CONTROL",
          "AUDIT_READ",
          "AUDIT_WRITE",
          "BLOCK_SUSPEND",
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "IPC_LOCK",
          "IPC_OWNER",
          "KILL",
          "LEASE",
          "LINUX_IMMUTABLE",
          "MAC_ADMIN",
          "MAC_OVERRIDE",
          "MKNOD",
          "NET_ADMIN",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_CHROOT",
          "SYS_MODULE",
          "SYS_NICE",
          "SYS_PACCT",
          "SYS_PTRACE",
          "SYS_RAWIO",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "SYSLOG",
          "WAKE_ALARM");

  private LinuxRules() {}

  static void check(RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    checkSystemControls(request, container);
    LinuxParameters linux = container.linuxParameters();
    if (linux == null) {
      return;
    }
    checkCapabilities(container, linux.capabilities());
    checkNumber(container, "sharedMemorySize", 1, Integer.MAX_VALUE, linux.sharedMemorySize());
    checkNumber(container, "maxSwap", 0, Integer.MAX_VALUE, linux.maxSwap());
    checkNumber(container, "swappiness", 0, 100, linux.swappiness());
    for (Tmpfs tmpfs : Given.list(linux.tmpfs())) {
      checkNumber(container, "tmpfs", 1, Integer.MAX_VALUE, tmpfs.size());
    }
  }

  /** A task that shares a namespace of its host must not change the host's settings in it. */
  private static void checkSystemControls(
      RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    for (SystemControl control : Given.list(container.systemControls())) {
      String name = Given.text(control.namespace());
      boolean network = name.startsWith("net.");
      boolean interProcess = name.startsWith("kernel.") || name.startsWith("fs.mqueue.");
      demand(
          !(network && "host".equals(request.networkMode()))
              && !(interProcess && "host".equals(request.ipcMode())),
          invalid("systemControls", container)
              + " '"
              + name
              + "' is not supported with a host namespace.");
    }
  }

  private static void checkCapabilities(
      ContainerDefinition container, @Nullable KernelCapabilities capabilities) {
    if (capabilities == null) {
      return;
    }
    for (List<String> names :
        List.of(Given.list(capabilities.add()), Given.list(capabilities.drop()))) {
      for (String name : names) {
        demand(
            CAPABILITIES.contains(name),
            invalid("capabilities", container) + " Unknown capability: '" + name + "'");
      }
    }
  }

  private static void checkNumber(
      ContainerDefinition container, String setting, int least, int most, @Nullable Integer value) {
    demand(Rules.isBetween(least, most, value), invalid(setting, container));
  }

  private static String invalid(String setting, ContainerDefinition container) {
    return "Invalid '" + setting + "' setting for container " + ContainerRules.quoted(container);
  }
}
