package org.vexor.linux.netlink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;

/// What a driver says of its XDP (generic netlink family "netdev", linux/netdev.h; since 6.3).
///
/// @param xdp NETDEV_XDP_ACT_ bits
/// @param zeroCopyMaxSegments most fragments of a zero-copy packet; 0 when the kernel does not say
/// @param xsk NETDEV_XSK_FLAGS_ bits: transmit metadata that the driver understands
public record NetdevFeatures(long xdp, int zeroCopyMaxSegments, long xsk) {
  private static final int NETDEV_XDP_ACT_BASIC = 1;
  private static final int NETDEV_XDP_ACT_REDIRECT = 2;
  private static final int NETDEV_XDP_ACT_NDO_XMIT = 4;
  private static final int NETDEV_XDP_ACT_XSK_ZEROCOPY = 8;
  private static final int NETDEV_XDP_ACT_RX_SG = 32;
  private static final int NETDEV_XSK_FLAGS_TX_CHECKSUM = 2;

  private static final int GENL_ID_CTRL = 16;
  private static final byte CTRL_CMD_GETFAMILY = 3;
  private static final int CTRL_ATTR_FAMILY_ID = 1;
  private static final int CTRL_ATTR_FAMILY_NAME = 2;
  private static final byte NETDEV_CMD_DEV_GET = 1;
  private static final int NETDEV_A_DEV_IFINDEX = 1;
  private static final int NETDEV_A_DEV_XDP_FEATURES = 3;
  private static final int NETDEV_A_DEV_XDP_ZC_MAX_SEGS = 4;
  private static final int NETDEV_A_DEV_XSK_FEATURES = 6;

  /// genlmsghdr: command 0, version 1, reserved 2:2.
  static final int GENERIC_HEADER_BYTES = 4;

  /// Whether the driver runs XDP programs itself (native mode).
  public boolean hasNativeXdp() {
    return (xdp & NETDEV_XDP_ACT_BASIC) != 0;
  }

  /// Whether native programs can redirect, as to an AF_XDP socket.
  public boolean hasRedirect() {
    return (xdp & NETDEV_XDP_ACT_REDIRECT) != 0;
  }

  /// Whether frames can be redirected to this device for sending; some drivers say so only while a
  /// program is attached.
  public boolean isRedirectTarget() {
    return (xdp & NETDEV_XDP_ACT_NDO_XMIT) != 0;
  }

  /// Whether AF_XDP sockets can work without copying.
  public boolean hasZeroCopy() {
    return (xdp & NETDEV_XDP_ACT_XSK_ZEROCOPY) != 0;
  }

  /// Whether native programs get packets in several fragments.
  public boolean hasFragments() {
    return (xdp & NETDEV_XDP_ACT_RX_SG) != 0;
  }

  /// Whether the device fills in checksums of AF_XDP packets.
  public boolean hasTransmitChecksum() {
    return (xsk & NETDEV_XSK_FLAGS_TX_CHECKSUM) != 0;
  }

  /// Asks for an interface in the network namespace of the calling thread; needs no privilege.
  ///
  /// @return empty when this kernel does not say
  /// @throws KernelException ENODEV when there is no such interface
  public static Optional<NetdevFeatures> of(int interfaceIndex) {
    try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_GENERIC, 0)) {
      int family = family(socket);
      if (family == 0) {
        return Optional.empty();
      }
      Request request =
          new Request(
                  "XDP features of interface " + interfaceIndex, family, NetlinkSocket.NLM_F_ACK)
              .header(NETDEV_CMD_DEV_GET, (byte) 1, (byte) 0, (byte) 0)
              .attribute(NETDEV_A_DEV_IFINDEX, interfaceIndex);
      return socket.request(request).stream()
          .filter(message -> message.type() == family)
          .findFirst()
          .map(message -> parse(message.body()));
    }
  }

  /// The number of the family, 0 when this kernel has none.
  static int family(NetlinkSocket socket) {
    Request request =
        new Request(
                "number of the generic netlink family netdev",
                GENL_ID_CTRL,
                NetlinkSocket.NLM_F_ACK)
            .header(CTRL_CMD_GETFAMILY, (byte) 1, (byte) 0, (byte) 0)
            .attribute(CTRL_ATTR_FAMILY_NAME, "netdev\0".getBytes(US_ASCII));
    try {
      return socket.request(request).stream()
          .filter(message -> message.type() == GENL_ID_CTRL)
          .mapToInt(
              message ->
                  message
                      .body()
                      .after(GENERIC_HEADER_BYTES)
                      .attribute(CTRL_ATTR_FAMILY_ID)
                      .map(id -> id.u16(0))
                      .orElse(0))
          .findFirst()
          .orElse(0);
    } catch (KernelException e) {
      if (e.errno() == Errno.ENOENT) {
        return 0;
      }
      throw e;
    }
  }

  /// Reads the body of an answer to dev-get.
  static NetdevFeatures parse(Bytes body) {
    Bytes attributes = body.after(GENERIC_HEADER_BYTES);
    return new NetdevFeatures(
        attributes.attribute(NETDEV_A_DEV_XDP_FEATURES).map(b -> b.s64(0)).orElse(0L),
        attributes.s32Attribute(NETDEV_A_DEV_XDP_ZC_MAX_SEGS, 0),
        attributes.attribute(NETDEV_A_DEV_XSK_FEATURES).map(b -> b.s64(0)).orElse(0L));
  }
}
