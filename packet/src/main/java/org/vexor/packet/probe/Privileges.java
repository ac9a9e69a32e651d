package org.vexor.packet.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.linux.Syscall;
import org.vexor.linux.host.ContainerSigns;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.host.KernelVersion;
import org.vexor.linux.process.Capability;
import org.vexor.linux.process.ProcessStatus;
import org.vexor.linux.process.ResourceLimit;

/// What this process may do, and on which kernel.
///
/// @param status capabilities, seccomp
/// @param uid effective user
/// @param container signs of a container, and of a user namespace
/// @param lockedMemory bytes of memory it may lock, unless [Capability#CAP_IPC_LOCK]
/// @param kernel empty when it does not say
public record Privileges(
    ProcessStatus status,
    long uid,
    ContainerSigns container,
    ResourceLimit lockedMemory,
    Optional<KernelVersion> kernel) {

  /// Those of the running process.
  public static Privileges here(HostFiles files) {
    return new Privileges(
        ProcessStatus.read(),
        Syscall.GETEUID.call(),
        ContainerSigns.read(files),
        ResourceLimit.get(ResourceLimit.Resource.RLIMIT_MEMLOCK),
        KernelVersion.read(files));
  }

  /// Something that takes a capability, or the older one that includes it.
  enum Need {
    RAW_SOCKETS(Capability.CAP_NET_RAW, Capability.CAP_NET_RAW),
    NETWORK_ADMINISTRATION(Capability.CAP_NET_ADMIN, Capability.CAP_SYS_ADMIN),
    BPF(Capability.CAP_BPF, Capability.CAP_SYS_ADMIN);

    private final Capability narrowest;
    private final Capability wider;

    Need(Capability narrowest, Capability wider) {
      this.narrowest = narrowest;
      this.wider = wider;
    }

    private boolean isMet(ProcessStatus status) {
      return status.has(narrowest) || status.has(wider);
    }
  }

  /// The capabilities that are missing for these.
  List<Capability> missing(Need... needs) {
    List<Capability> missing = new ArrayList<>();
    for (Need need : needs) {
      if (!need.isMet(status)) {
        missing.add(need.narrowest);
      }
    }
    return missing;
  }

  /// The capabilities that are missing for AF_XDP, in the order in which they would be asked for.
  public List<Capability> missingForXdp() {
    return missing(Need.RAW_SOCKETS, Need.NETWORK_ADMINISTRATION, Need.BPF);
  }

  /// Whether `bytes` of packet memory can be locked.
  public boolean mayLock(long bytes) {
    return status.has(Capability.CAP_IPC_LOCK) || reaches(lockedMemory.soft(), bytes);
  }

  /// Whether the shell that starts the process may raise its own limit of locked memory so far.
  public boolean mayRaiseTo(long bytes) {
    return reaches(lockedMemory.hard(), bytes);
  }

  private static boolean reaches(long limit, long bytes) {
    // RLIM_INFINITY is the largest unsigned number.
    return Long.compareUnsigned(limit, bytes) >= 0;
  }

  /// Whether a seccomp filter stands between the process and the kernel.
  public boolean isFiltered() {
    return status.seccomp() == ProcessStatus.Seccomp.FILTER;
  }
}
