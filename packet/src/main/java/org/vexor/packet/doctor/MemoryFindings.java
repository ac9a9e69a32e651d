package org.vexor.packet.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.linux.host.CpuTopology;
import org.vexor.linux.host.HugePages;
import org.vexor.linux.process.Capability;
import org.vexor.linux.process.ResourceLimit;
import org.vexor.packet.probe.Privileges;
import org.vexor.packet.probe.Surroundings;

/// Memory and processors.
final class MemoryFindings {
  private static final int HUGE_PAGE_BYTES = 1 << 21;

  private final Surroundings here;
  private final Privileges privileges;
  private final long wantedBytes;
  private final List<Remedy> capabilityRemedies;

  /// @param wantedBytes packet memory of an AF_XDP engine
  /// @param capabilityRemedies how to have CAP_IPC_LOCK
  MemoryFindings(Surroundings here, long wantedBytes, List<Remedy> capabilityRemedies) {
    this.here = here;
    privileges = here.privileges();
    this.wantedBytes = wantedBytes;
    this.capabilityRemedies = capabilityRemedies;
  }

  List<Finding> all() {
    return List.of(lockedMemory(), hugePages(), processors());
  }

  private static String mebibytes(long bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
  }

  private Finding lockedMemory() {
    ResourceLimit limit = privileges.lockedMemory();
    String soft = limit.soft() == ResourceLimit.INFINITY ? "none" : mebibytes(limit.soft());
    String fact = "limit of locked memory: " + soft;
    if (privileges.status().has(Capability.CAP_IPC_LOCK)) {
      return Finding.of("memlock", State.OK, fact, "lifted by CAP_IPC_LOCK");
    }
    if (privileges.mayLock(wantedBytes)) {
      return Finding.of("memlock", State.OK, fact, "enough for " + mebibytes(wantedBytes));
    }
    List<Remedy> ways = new ArrayList<>();
    if (privileges.mayRaiseTo(wantedBytes)) {
      ways.add(Remedy.inShell("ulimit -l " + wantedBytes / 1024));
    }
    // With other capabilities missing as well, the remedy for those brings this one along.
    if (!here.capabilities().outOfReach().isEmpty()) {
      ways.add(Remedy.advice("--ulimit memlock=-1 (docker), or 'prlimit --memlock' in its shell"));
    } else if (privileges.missingForXdp().isEmpty()) {
      ways.addAll(capabilityRemedies);
    } else {
      ways.add(Remedy.advice("mend the finding 'capabilities': CAP_IPC_LOCK comes with it"));
    }
    ways.add(Remedy.advice("start it with LimitMEMLOCK=infinity (systemd)"));
    return new Finding(
        "memlock",
        Optional.empty(),
        State.PROBLEM,
        fact,
        "AF_XDP wants " + mebibytes(wantedBytes) + " of locked packet memory, or CAP_IPC_LOCK",
        ways);
  }

  private Finding hugePages() {
    Optional<HugePages> found = HugePages.read(here.files());
    if (found.isEmpty()) {
      return Finding.of(
          "huge_pages",
          State.UNKNOWN,
          "the kernel tells of no huge pages of 2 MiB",
          "packet memory lies in pages of the usual size");
    }
    HugePages pages = found.get();
    long wanted = (wantedBytes + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES;
    String fact =
        "%d of %d huge pages of 2 MiB are free; transparent: %s"
            .formatted(
                pages.free(),
                pages.total(),
                pages.transparent().isEmpty() ? "unknown" : pages.transparent());
    if (pages.free() >= wanted) {
      return Finding.of("huge_pages", State.OK, fact, "packet memory would lie in them");
    }
    long total = pages.total() + wanted - pages.free();
    return Finding.of(
        "huge_pages",
        State.WARN,
        fact,
        "packet memory (" + mebibytes(wantedBytes) + ") would lie in small pages: some slower",
        Remedy.command(
            "sysctl -w vm.nr_hugepages=" + total, "sysctl -w vm.nr_hugepages=" + pages.total()));
  }

  private Finding processors() {
    CpuTopology topology = CpuTopology.read(here.files());
    int usable = Runtime.getRuntime().availableProcessors();
    if (topology.cpus().isEmpty()) {
      return Finding.of(
          "cpu", State.UNKNOWN, usable + " processors usable", "their topology is not told");
    }
    String fact =
        "processors %d (usable %d), cores %d, packages %d, NUMA nodes %d"
            .formatted(
                topology.cpus().size(),
                usable,
                topology.cores(),
                topology.sockets(),
                topology.nodes());
    return usable < 2
        ? Finding.of(
            "cpu",
            State.WARN,
            fact,
            "receiving and verifying share one processor",
            Remedy.advice("give the process two processors or more (taskset, cpuset)"))
        : Finding.of("cpu", State.OK, fact, "one to receive, the others to verify");
  }
}
