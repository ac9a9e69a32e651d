package org.vexor.linux.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether this process runs in a container: there is no one place that says so, only traces of the
/// programs that make them.
///
/// @param signs what was found, for people; empty outside of containers
/// @param ownUserNamespace whether users are mapped: root in here is nobody special outside, and
///   capabilities count only for what this namespace owns; empty when the kernel does not say
public record ContainerSigns(List<String> signs, Optional<Boolean> ownUserNamespace) {
  private static final Pattern CGROUP =
      Pattern.compile(".*[:/](docker|kubepods|lxc|libpod|containerd|machine\\.slice).*");

  /// All 32-bit users, to themselves: the first user namespace.
  private static final Pattern WHOLE = Pattern.compile("\\s*0\\s+0\\s+4294967295\\s*");

  public ContainerSigns {
    signs = List.copyOf(signs);
  }

  /// Reads them.
  public static ContainerSigns read(HostFiles files) {
    List<String> signs = new ArrayList<>();
    if (files.has(".dockerenv")) {
      signs.add("/.dockerenv is there");
    }
    if (files.has("run/.containerenv")) {
      signs.add("/run/.containerenv is there");
    }
    files
        .read("run/systemd/container")
        .value()
        .ifPresent(kind -> signs.add("/run/systemd/container says " + kind));
    for (String line : files.read("proc/self/cgroup").value().orElse("").lines().toList()) {
      Matcher matcher = CGROUP.matcher(line);
      if (matcher.matches()) {
        signs.add("the control group names " + matcher.group(1));
        break;
      }
    }
    if (files.read("proc/self/mounts").value().orElse("").lines().anyMatch(ContainerSigns::root)) {
      signs.add("/ is an overlay");
    }
    Optional<Boolean> mapped =
        files.read("proc/self/uid_map").value().map(map -> !WHOLE.matcher(map).matches());
    return new ContainerSigns(signs, mapped);
  }

  private static boolean root(String mount) {
    String[] fields = mount.split(" ", -1);
    return fields.length > 2 && fields[1].equals("/") && fields[2].equals("overlay");
  }

  /// Whether there is any sign.
  public boolean isContainer() {
    return !signs.isEmpty();
  }
}
