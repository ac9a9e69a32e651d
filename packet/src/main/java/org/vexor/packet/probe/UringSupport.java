package org.vexor.packet.probe;

import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.process.Capability;
import org.vexor.linux.uring.IoUring;
import org.vexor.linux.uring.UringProbe;

/// Whether io_uring can receive UDP here, and which of its many switches is off when it cannot.
public final class UringSupport {
  private static final String SWITCH = "kernel.io_uring_disabled";

  private final Privileges privileges;
  private final Refusals refusals;
  private final HostFiles files;
  private final AsRoot root;

  public UringSupport(
      Privileges privileges, CapabilityRemedy remedy, HostFiles files, AsRoot root) {
    this.privileges = privileges;
    refusals = new Refusals(privileges, remedy);
    this.files = files;
    this.root = root;
  }

  /// Whether trying alone would be the end of this process.
  public Optional<Probe.Unsupported> deadly() {
    return DeadlyCalls.of(privileges)
        .among(
            privileges, Syscall.IO_URING_SETUP, Syscall.IO_URING_ENTER, Syscall.IO_URING_REGISTER);
  }

  /// Opens a ring, then receives a datagram with it.
  public Probe receive() {
    Optional<Probe.Unsupported> deadly = deadly();
    if (deadly.isPresent()) {
      return deadly.get();
    }
    try (IoUring _ = IoUring.open(4, 8)) {
      return switch (UringProbe.run()) {
        case UringProbe.Supported(String mode) -> new Probe.Supported(mode);
        case UringProbe.Unsupported(String reason, String remedy) ->
            new Probe.Unsupported(Cause.KERNEL, reason, remedy);
        case UringProbe.Unknown(String why) -> new Probe.Unknown(why);
      };
    } catch (KernelException e) {
      return e.errno() == Errno.EPERM ? switchedOff(e) : refusals.judge(e);
    }
  }

  private Probe switchedOff(KernelException refused) {
    String value = files.sysctl(SWITCH).value().orElse("0");
    boolean off =
        value.equals("2")
            || (value.equals("1") && !privileges.status().has(Capability.CAP_SYS_ADMIN));
    return off
        ? new Probe.Unsupported(
            Cause.SETTING,
            refused.failure() + ", " + SWITCH + "=" + value,
            root.line("sysctl -w " + SWITCH + "=0"))
        : refusals.judge(refused);
  }
}
