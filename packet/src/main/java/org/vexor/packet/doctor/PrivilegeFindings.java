package org.vexor.packet.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.process.Capability;
import org.vexor.linux.process.ProcessStatus;
import org.vexor.packet.probe.CapabilityRemedy;
import org.vexor.packet.probe.JavaLauncher;
import org.vexor.packet.probe.Privileges;
import org.vexor.packet.probe.Surroundings;

/// What this process may do: capabilities, the java program that could give them, containers.
final class PrivilegeFindings {
  private final Surroundings here;
  private final Privileges privileges;
  private final ProcessStatus status;
  private final CapabilityRemedy remedy;

  PrivilegeFindings(Surroundings here) {
    this.here = here;
    privileges = here.privileges();
    status = privileges.status();
    remedy = here.capabilities();
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(capabilities());
    if (status.noNewPrivileges()) {
      findings.add(noNewPrivileges());
    }
    here.launcher().ifPresent(java -> findings.add(launcher(java)));
    findings.add(container());
    return findings;
  }

  private Finding noNewPrivileges() {
    String topic = "no_new_privileges";
    String fact = "NoNewPrivs is set";
    String meaning = "capabilities of the java program file are ignored; ambient ones count";
    return privileges.missingForXdp().isEmpty()
        ? Finding.of(topic, State.OK, fact, meaning)
        : Finding.of(
            topic,
            State.PROBLEM,
            fact,
            meaning,
            Remedy.advice("start it from a service with AmbientCapabilities="));
  }

  private Finding capabilities() {
    List<Capability> missing = privileges.missingForXdp();
    String fact =
        "effective %s; permitted %s; ambient %s"
            .formatted(
                names(status.effective()), names(status.permitted()), names(status.ambient()));
    if (missing.isEmpty()) {
      return Finding.of("capabilities", State.OK, fact, "enough for AF_XDP");
    }
    return new Finding(
        "capabilities",
        Optional.empty(),
        State.PROBLEM,
        fact,
        "AF_XDP cannot be used: missing "
            + missing.stream().map(Capability::name).collect(Collectors.joining(", ")),
        remedies());
  }

  /// Ways to have what is missing, the one first that lets the same command work.
  List<Remedy> remedies() {
    List<Remedy> ways = new ArrayList<>();
    remedy
        .setcap()
        .ifPresent(
            command ->
                ways.add(
                    Remedy.command(command, remedy.undoSetcap())
                        .withNote(
                            "every user who may run this java has them then; an update of the JDK takes them away")));
    remedy
        .prefix(gid(here.files()))
        .ifPresent(
            prefix ->
                ways.add(Remedy.prefix(prefix, true).withNote("for one start, nothing stays")));
    ways.add(
        remedy.outOfReach().isEmpty()
            ? Remedy.advice(
                "run it as a systemd service with "
                    + remedy.unitLines()
                    + " (packaging/vexor.service)")
            : Remedy.advice(remedy.line()));
    return ways;
  }

  /// The effective group, third of "Gid: real effective saved files".
  private static long gid(HostFiles files) {
    return files
        .read("proc/self/status")
        .value()
        .flatMap(text -> text.lines().filter(line -> line.startsWith("Gid:")).findFirst())
        .map(line -> line.split("\\s+", -1))
        .filter(fields -> fields.length > 2)
        .map(fields -> Long.parseLong(fields[2]))
        .orElse(0L);
  }

  private static String names(long mask) {
    String names =
        Arrays.stream(Capability.values())
            .filter(capability -> capability.in(mask))
            .map(capability -> capability.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(","));
    return names.isEmpty() ? "none" : names;
  }

  private Finding launcher(JavaLauncher java) {
    String topic = "java_launcher";
    String path = java.program().toString();
    if (java.capabilities().isEmpty()) {
      return Finding.of(
          topic,
          State.OK,
          path + " gives no capabilities",
          "they come from the user or the service that starts it"
              + (java.findable()
                  ? ""
                  : "; with capabilities of its own it would not find libjli.so in "
                      + java.libraries()));
    }
    String fact = path + " gives " + names(java.capabilities().get().permitted());
    if (!java.findable()) {
      return Finding.of(
          topic,
          State.PROBLEM,
          fact,
          "other users than root cannot start it: a program with capabilities ignores its own"
              + " library path ($ORIGIN), so libjli.so is not found",
          Remedy.command(
              "echo " + java.libraries() + " > /etc/ld.so.conf.d/vexor-java.conf && ldconfig",
              "rm -f /etc/ld.so.conf.d/vexor-java.conf && ldconfig"));
    }
    if (remedy.isGivenInVain() && !privileges.missingForXdp().isEmpty()) {
      return Finding.of(
          topic,
          State.PROBLEM,
          fact + (java.nosuid() ? ", on a file system mounted nosuid" : ""),
          "and yet this process has not got them",
          Remedy.advice(
              java.nosuid()
                  ? "use a JDK on a file system that is not mounted nosuid"
                  : "start it where NoNewPrivs is not set and the bounding set has them"));
    }
    return Finding.of(
        topic,
        State.OK,
        fact,
        "every user who may run it has them; LD_LIBRARY_PATH is ignored, and jcmd and jstack of"
            + " the same user cannot attach");
  }

  private Finding container() {
    boolean mapped = privileges.container().ownUserNamespace().orElse(false);
    List<String> signs = privileges.container().signs();
    String fact =
        (signs.isEmpty() ? "no sign of a container" : String.join(", ", signs))
            + (mapped ? "; users are mapped (a user namespace of its own)" : "");
    if (mapped) {
      return Finding.of(
          "container",
          State.PROBLEM,
          fact,
          "capabilities count only inside of it: the kernel refuses to load BPF programs",
          Remedy.advice("start it outside of the user namespace (rootful, no userns-remap)"));
    }
    if (privileges.container().ownUserNamespace().isEmpty()) {
      return Finding.of(
          "container", State.UNKNOWN, fact, "user namespace unknown, is /proc there?");
    }
    String meaning = "interfaces, seccomp profile and capabilities are what its runtime gives";
    if (signs.isEmpty()) {
      return Finding.of("container", State.OK, fact, "the host's own view");
    }
    return remedy.outOfReach().isEmpty()
        ? Finding.of("container", State.OK, fact, meaning)
        : Finding.of("container", State.PROBLEM, fact, meaning, Remedy.advice(remedy.line()));
  }
}
