package org.vexor.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;

/// A network interface (RTM_NEWLINK).
///
/// @param mtu bytes
/// @param mac in the low 48 bits, first byte highest; -1 when it has no Ethernet address
/// @param flags the kernel's IFF_ bits
/// @param operState IF_OPER_: 6 up, 0 unknown (loopback), 2 down, 3 lower layer down
/// @param xdpMode XDP_ATTACHED_: 0 none, 1 native, 2 generic, 3 hardware, 4 several
/// @param xdpProgramId the kernel's id of the attached program (the native one when there are
///   several), 0 for none
public record Link(
    int index,
    String name,
    long mac,
    int mtu,
    int flags,
    int operState,
    int rxQueues,
    int xdpMode,
    int xdpProgramId) {
  private static final int IFF_UP = 1;
  private static final int IFF_LOOPBACK = 8;
  private static final int IFF_RUNNING = 0x40;
  private static final int IFF_LOWER_UP = 0x1_0000;
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_OPERSTATE = 16;
  private static final int IFLA_NUM_RX_QUEUES = 32;
  private static final int IFLA_XDP = 43;
  private static final int IFLA_XDP_ATTACHED = 2;
  private static final int IFLA_XDP_PROG_ID = 4;
  private static final int IFLA_XDP_HW_PROG_ID = 7;
  private static final int HEADER_BYTES = 16;

  /// Whether packets can pass: set up by the operator, carrier there.
  public boolean isRunning() {
    return (flags & (IFF_UP | IFF_RUNNING)) == (IFF_UP | IFF_RUNNING);
  }

  /// Whether there is carrier; unlike [#isRunning] without the second that the kernel may take to
  /// announce it.
  public boolean hasCarrier() {
    return (flags & IFF_LOWER_UP) != 0;
  }

  /// Whether the operator has set it up; there may be no carrier.
  public boolean isUp() {
    return (flags & IFF_UP) != 0;
  }

  /// Whether it is the loopback.
  public boolean isLoopback() {
    return (flags & IFF_LOOPBACK) != 0;
  }

  /// Asks for one interface in the network namespace of the calling thread; needs no privilege.
  ///
  /// @throws org.vexor.linux.KernelException ENODEV when there is no such interface
  public static Link of(int index) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.nativeOrder());
    Request request =
        new Request("interface " + index, NetworkReader.RTM_GETLINK, NetlinkSocket.NLM_F_ACK)
            .header(header.putInt(4, index).array());
    try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, 0)) {
      return socket.request(request).stream()
          .filter(message -> message.type() == NetworkReader.RTM_NEWLINK)
          .flatMap(message -> parse(message.body()).stream())
          .findFirst()
          .orElseThrow(() -> new KernelException("netlink", Errno.ENODEV, request.toString(), ""));
    }
  }

  /// Reads ifinfomsg (index 4:4, flags 8:4) and attributes; empty when it is no link.
  static Optional<Link> parse(Bytes body) {
    if (body.length() < HEADER_BYTES || body.s32(4) <= 0) {
      return Optional.empty();
    }
    Bytes attributes = body.after(HEADER_BYTES);
    Bytes xdp = attributes.attribute(IFLA_XDP).orElse(Bytes.none());
    return Optional.of(
        new Link(
            body.s32(4),
            attributes.attribute(IFLA_IFNAME).map(Bytes::text).orElse(""),
            attributes.attribute(IFLA_ADDRESS).map(Bytes::mac).orElse(-1L),
            attributes.s32Attribute(IFLA_MTU, 0),
            body.s32(8),
            attributes.attribute(IFLA_OPERSTATE).map(b -> b.u8(0)).orElse(0),
            attributes.s32Attribute(IFLA_NUM_RX_QUEUES, 0),
            xdp.attribute(IFLA_XDP_ATTACHED).map(b -> b.u8(0)).orElse(0),
            programId(xdp)));
  }

  /// With programs in several modes the kernel names only each mode's own.
  private static int programId(Bytes xdp) {
    for (int type = IFLA_XDP_PROG_ID; type <= IFLA_XDP_HW_PROG_ID; type++) {
      int id = xdp.s32Attribute(type, 0);
      if (id != 0) {
        return id;
      }
    }
    return 0;
  }
}
