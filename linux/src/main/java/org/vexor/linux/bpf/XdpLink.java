package org.vexor.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;

/// An XDP program attached to an interface for as long as this is open and the process lives:
/// however it ends, the kernel detaches. Nothing is pinned.
public final class XdpLink implements AutoCloseable {
  private final FileDescriptor file;

  private XdpLink(FileDescriptor file) {
    this.file = file;
  }

  /// Attaches `program`; never replaces another's.
  ///
  /// @param interfaceIndex in the calling thread's network namespace
  /// @throws KernelException EBUSY or EEXIST when another program is attached (the message names
  ///   its id), EOPNOTSUPP when the driver has no native XDP, ERANGE when the MTU is too large for
  ///   it
  public static XdpLink attach(BpfProgram program, int interfaceIndex, XdpMode mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(Bpf.ATTRIBUTE_BYTES, Long.BYTES);
      attribute.set(JAVA_INT, Bpf.Link.PROG_FD, program.file().number());
      attribute.set(JAVA_INT, Bpf.Link.TARGET_IFINDEX, interfaceIndex);
      attribute.set(JAVA_INT, Bpf.Link.ATTACH_TYPE, Bpf.BPF_XDP);
      attribute.set(JAVA_INT, Bpf.Link.FLAGS, mode.flags());
      long result = Bpf.call(Bpf.BPF_LINK_CREATE, attribute);
      String what = "XDP program on interface " + interfaceIndex + " (" + mode + ")";
      if (Syscall.isError(result)) {
        throw refusal((int) -result, interfaceIndex, "attaching " + what);
      }
      return new XdpLink(FileDescriptor.own(result, what));
    }
  }

  private static KernelException refusal(int errno, int interfaceIndex, String what) {
    return switch (errno) {
      case Errno.EBUSY, Errno.EEXIST -> {
        Optional<AttachedXdp> foreign = AttachedXdp.query(interfaceIndex);
        String who =
            foreign
                .map(
                    xdp ->
                        "program id "
                            + xdp.programId()
                            + ProgramInfo.byId(xdp.programId())
                                .map(info -> " (" + info.name() + ")")
                                .orElse("")
                            + " is attached there, "
                            + xdp.mode())
                .orElse("another program is attached there");
        yield new KernelException(
            "bpf",
            errno,
            what + ": " + who,
            "bpftool prog show id "
                + foreign.map(AttachedXdp::programId).orElse(0)
                + " tells whose it is; stop that program, or use another interface");
      }
      case Errno.EOPNOTSUPP ->
          new KernelException("bpf", errno, what, "use the generic mode, the driver has no XDP");
      case Errno.ERANGE ->
          new KernelException(
              "bpf",
              errno,
              what,
              "lower the MTU (ip link set dev IF mtu 1500) or use the generic mode");
      default -> new KernelException("bpf", errno, what, "");
    };
  }

  /// Its descriptor.
  public FileDescriptor file() {
    return file;
  }

  /// Detaches.
  @Override
  public void close() {
    file.close();
  }
}
