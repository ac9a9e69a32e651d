package org.vexor.packet.probe;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vexor.linux.process.Capability;
import org.vexor.linux.process.FileCapabilities;

/// How this process, started again, gets the capabilities that AF_XDP takes.
///
/// ```
///  setcap on java       the same command works for every user from then on; java needs its
///                       libraries in the loader's cache, see JavaLauncher
///  setpriv, systemd     ambient capabilities: for one start, nothing stays behind
///  container            nothing in here helps: its runtime has taken them out of the bounding set
/// ```
public final class CapabilityRemedy {
  private static final String CONFIGURATION = "/etc/ld.so.conf.d/vexor-java.conf";

  private final Privileges privileges;
  private final Optional<JavaLauncher> launcher;
  private final AsRoot root;

  /// @param launcher empty when the running java program is not known
  public CapabilityRemedy(Privileges privileges, Optional<JavaLauncher> launcher, AsRoot root) {
    this.privileges = privileges;
    this.launcher = launcher;
    this.root = root;
  }

  /// The capabilities that a process needs for AF_XDP on this kernel, the one included that lifts
  /// the limit of locked memory.
  public Set<Capability> wanted() {
    boolean split = privileges.kernel().map(version -> version.isAtLeast(5, 8)).orElse(true);
    return EnumSet.of(
        Capability.CAP_NET_RAW,
        Capability.CAP_NET_ADMIN,
        Capability.CAP_IPC_LOCK,
        split ? Capability.CAP_BPF : Capability.CAP_SYS_ADMIN);
  }

  /// Those that no program started from here can have.
  public List<Capability> outOfReach() {
    return wanted().stream()
        .filter(capability -> !capability.in(privileges.status().bounding()))
        .toList();
  }

  /// What root runs once so that the same command works; empty where it would not help.
  public Optional<String> setcap() {
    if (launcher.isEmpty()
        || launcher.get().nosuid()
        || privileges.status().noNewPrivileges()
        || !outOfReach().isEmpty()) {
      return Optional.empty();
    }
    JavaLauncher java = launcher.get();
    String command = "setcap " + names(wanted(), "") + "+ep " + word(java.program().toString());
    return Optional.of(
        java.findable()
            ? command
            : "echo "
                + word(java.libraries().toString())
                + " > "
                + CONFIGURATION
                + " && ldconfig && "
                + command);
  }

  /// What root runs to take [#setcap] back.
  public String undoSetcap() {
    String program = launcher.map(java -> java.program().toString()).orElse("");
    return "setcap -r " + word(program) + " && rm -f " + CONFIGURATION + " && ldconfig";
  }

  /// What root puts before the command that starts the program, to run it as this user with the
  /// capabilities, for this start only; empty where it would not help.
  ///
  /// @param gid group of this user
  public Optional<String> prefix(long gid) {
    if (!outOfReach().isEmpty()) {
      return Optional.empty();
    }
    String names = names(wanted(), "+");
    return Optional.of(
        "setpriv --reuid=%d --regid=%d --init-groups --inh-caps=%s --ambient-caps=%s"
            .formatted(privileges.uid(), gid, names, names));
  }

  /// The lines of a systemd unit that give them.
  public String unitLines() {
    String names = wanted().stream().map(Capability::name).collect(Collectors.joining(" "));
    return "AmbientCapabilities=" + names;
  }

  /// One line for a report: what to paste.
  public String line() {
    if (!outOfReach().isEmpty()) {
      return privileges.container().isContainer()
          ? "start the container with them: "
              + wanted().stream()
                  .map(capability -> "--cap-add " + shortName(capability))
                  .collect(Collectors.joining(" "))
          : "start it from a service or shell whose bounding set has them (CapabilityBoundingSet= of"
              + " its systemd unit)";
    }
    return setcap()
        .map(root::line)
        .orElseGet(() -> "run it as a systemd service with " + unitLines());
  }

  /// Whether the java program gives them, and yet this process has not got them.
  public boolean isGivenInVain() {
    return launcher
        .flatMap(JavaLauncher::capabilities)
        .map(FileCapabilities::permitted)
        .map(mask -> wanted().stream().allMatch(capability -> capability.in(mask)))
        .orElse(false);
  }

  private static String names(Set<Capability> capabilities, String sign) {
    return capabilities.stream()
        .map(
            capability ->
                sign.isEmpty()
                    ? capability.name().toLowerCase(Locale.ROOT)
                    : sign + lower(capability))
        .collect(Collectors.joining(","));
  }

  private static String shortName(Capability capability) {
    return capability.name().substring("CAP_".length());
  }

  private static String lower(Capability capability) {
    return shortName(capability).toLowerCase(Locale.ROOT);
  }

  /// As one word of sh.
  private static String word(String path) {
    return path.matches("[\\w./+-]+") ? path : AsRoot.quote(path);
  }
}
