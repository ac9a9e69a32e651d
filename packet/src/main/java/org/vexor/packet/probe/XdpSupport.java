package org.vexor.packet.probe;

import java.util.Optional;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;
import org.vexor.linux.xdp.XdpSocket;
import org.vexor.linux.xdp.XdpSocketOptions;
import org.vexor.linux.xdp.program.XdpFilter;

/// Whether the kernel would let this process do AF_XDP at all, found out by opening a socket and
/// loading the program, and closing both: nothing is bound or attached.
public final class XdpSupport {
  /// Small enough for every limit of locked memory, so that a refusal has another cause.
  private static final XdpSocketOptions SMALL = new XdpSocketOptions(16, 2048, 8, 8, 8, 8);

  private final Privileges privileges;
  private final CapabilityRemedy remedy;
  private final Refusals refusals;

  public XdpSupport(Privileges privileges, CapabilityRemedy remedy) {
    this.privileges = privileges;
    this.remedy = remedy;
    refusals = new Refusals(privileges, remedy);
  }

  /// An AF_XDP socket with packet memory and rings.
  public Probe socket() {
    try (XdpSocket _ = XdpSocket.open(SMALL)) {
      return new Probe.Supported("");
    } catch (KernelException e) {
      return refusals.judge(e, Privileges.Need.RAW_SOCKETS);
    }
  }

  /// Whether trying alone would be the end of this process.
  public Optional<Probe.Unsupported> deadly() {
    return DeadlyCalls.of(privileges).among(privileges, Syscall.BPF);
  }

  /// The maps and the XDP program.
  public Probe program() {
    Optional<Probe.Unsupported> deadly = deadly();
    if (deadly.isPresent()) {
      return deadly.get();
    }
    try (XdpFilter _ = XdpFilter.load(1, SMALL.frameBytes(), false)) {
      return new Probe.Supported("");
    } catch (KernelException e) {
      return refusals.judge(e, Privileges.Need.BPF, Privileges.Need.NETWORK_ADMINISTRATION);
    }
  }

  /// Locked memory, by the limit: what other processes of this user have locked is not in it.
  ///
  /// @param bytes how much packet memory is wanted
  public Probe memory(long bytes) {
    if (privileges.mayLock(bytes)) {
      return new Probe.Supported("");
    }
    return new Probe.Unsupported(
        Cause.LOCKED_MEMORY,
        "packet memory of %d KiB is over the limit of locked memory, %d KiB, and the process lacks CAP_IPC_LOCK"
            .formatted(bytes >> 10, privileges.lockedMemory().soft() >> 10),
        memoryRemedy(bytes));
  }

  private String memoryRemedy(long bytes) {
    if (privileges.mayRaiseTo(bytes)) {
      return "ulimit -l " + (bytes >> 10);
    }
    return remedy.outOfReach().isEmpty()
        ? remedy.line()
        : "start it with LimitMEMLOCK=infinity (systemd), --ulimit memlock=-1 (docker), or after"
            + " 'prlimit --pid $$ --memlock=unlimited' as root in its shell";
  }
}
