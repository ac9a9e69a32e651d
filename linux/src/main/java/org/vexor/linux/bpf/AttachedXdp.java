package org.vexor.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;

/// The XDP program that an interface has, whoever attached it, as rtnetlink tells (RTM_GETLINK,
/// IFLA_XDP). Needs no privilege.
///
/// @param mode where it runs: [XdpMode#NATIVE] or [XdpMode#GENERIC]; programs in both places or in
///   the NIC itself are reported as native
/// @param programId the kernel's number of it
public record AttachedXdp(XdpMode mode, int programId) {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_GETLINK = 18;
  private static final int NLMSG_ERROR = 2;
  private static final int NLM_F_REQUEST = 1;
  private static final int HEADER_BYTES = 16;
  private static final int REQUEST_BYTES = 32; // nlmsghdr, ifinfomsg
  private static final int NESTED_FLAGS = 0xc000;
  private static final int IFLA_XDP = 43;
  private static final int IFLA_XDP_ATTACHED = 2;
  private static final int IFLA_XDP_PROG_ID = 4;
  private static final int IFLA_XDP_DRV_PROG_ID = 5;
  private static final int IFLA_XDP_SKB_PROG_ID = 6;
  private static final int IFLA_XDP_HW_PROG_ID = 7;
  private static final int XDP_ATTACHED_SKB = 2;

  /// A link message of an interface with many virtual functions stays below this.
  private static final int ANSWER_BYTES = 64 * 1024;

  /// Asks about an interface of the calling thread's network namespace.
  ///
  /// @throws KernelException ENODEV when there is no such interface
  public static Optional<AttachedXdp> query(int interfaceIndex) {
    String what = "asking for the XDP program of interface " + interfaceIndex;
    try (Arena arena = Arena.ofConfined();
        FileDescriptor socket =
            FileDescriptor.own(
                Syscall.SOCKET.check(Syscall.SOCKET.call(AF_NETLINK, SOCK_RAW_CLOEXEC, 0), what),
                "netlink socket")) {
      MemorySegment request = arena.allocate(REQUEST_BYTES, Integer.BYTES);
      request.set(JAVA_INT, 0, REQUEST_BYTES);
      request.set(JAVA_SHORT, 4, (short) RTM_GETLINK);
      request.set(JAVA_SHORT, 6, (short) NLM_F_REQUEST);
      request.set(JAVA_INT, HEADER_BYTES + 4, interfaceIndex);
      Syscall.SENDTO.check(
          Syscall.SENDTO.call(socket.number(), request.address(), REQUEST_BYTES, 0, 0, 0), what);
      MemorySegment answer = arena.allocate(ANSWER_BYTES, Integer.BYTES);
      long length =
          Syscall.RECVFROM.check(
              Syscall.RECVFROM.call(socket.number(), answer.address(), ANSWER_BYTES, 0, 0, 0),
              what);
      return parse(answer.asSlice(0, length), what);
    }
  }

  private static Optional<AttachedXdp> parse(MemorySegment answer, String what) {
    int type = answer.get(JAVA_SHORT, 4);
    if (type == NLMSG_ERROR) {
      throw new KernelException("netlink", -answer.get(JAVA_INT, HEADER_BYTES), what, "");
    }
    if (type != RTM_NEWLINK) {
      throw new KernelException("netlink", Errno.EINVAL, what + " got message " + type, "");
    }
    int end = (int) Math.min(answer.byteSize(), answer.get(JAVA_INT, 0));
    Optional<MemorySegment> xdp = attribute(answer, REQUEST_BYTES, end, IFLA_XDP);
    if (xdp.isEmpty()) {
      return Optional.empty();
    }
    MemorySegment nest = xdp.get();
    int attached =
        find(nest, IFLA_XDP_ATTACHED).map(value -> (int) value.get(JAVA_BYTE, 0)).orElse(0);
    if (attached == 0) {
      return Optional.empty();
    }
    // With programs in several places there is no IFLA_XDP_PROG_ID but one of each.
    int id =
        find(nest, IFLA_XDP_PROG_ID)
            .or(() -> find(nest, IFLA_XDP_DRV_PROG_ID))
            .or(() -> find(nest, IFLA_XDP_HW_PROG_ID))
            .or(() -> find(nest, IFLA_XDP_SKB_PROG_ID))
            .map(value -> value.get(JAVA_INT, 0))
            .orElse(0);
    return Optional.of(
        new AttachedXdp(attached == XDP_ATTACHED_SKB ? XdpMode.GENERIC : XdpMode.NATIVE, id));
  }

  private static Optional<MemorySegment> find(MemorySegment nest, int wanted) {
    return attribute(nest, 0, (int) nest.byteSize(), wanted);
  }

  /// The value of the first attribute of a type: u16 length, u16 type, value, padded to 4 bytes.
  private static Optional<MemorySegment> attribute(
      MemorySegment message, int start, int end, int wanted) {
    int at = start;
    while (at + 4 <= end) {
      int length = Short.toUnsignedInt(message.get(JAVA_SHORT, at));
      int type = message.get(JAVA_SHORT, at + 2L) & ~NESTED_FLAGS;
      if (length < 4 || length > end - at) {
        return Optional.empty();
      }
      if (type == wanted) {
        return Optional.of(message.asSlice(at + 4L, length - 4L));
      }
      at += (length + 3) & ~3;
    }
    return Optional.empty();
  }
}
