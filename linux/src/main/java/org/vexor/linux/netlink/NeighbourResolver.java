package org.vexor.linux.netlink;

import org.vexor.linux.KernelException;
import org.vexor.linux.socket.SocketAddress;

/// Asks the kernel to find neighbours and to keep them fresh, as if it had a packet for them. The
/// answer shows in a later snapshot.
///
/// A neighbour that is only used by AF_XDP grows stale and vanishes, because the kernel sees no use
/// of it; asking again every 30 s or so keeps it (agave xdp does the same). Needs CAP_NET_ADMIN.
/// Threading: one thread at a time.
public final class NeighbourResolver implements AutoCloseable {
  private static final byte NTF_USE = 1;
  private static final int NDA_DST = 1;
  private static final byte AF_INET = 2;
  private static final byte AF_INET6 = 10;

  private final NetlinkSocket socket;

  private NeighbourResolver(NetlinkSocket socket) {
    this.socket = socket;
  }

  /// Opens one in the network namespace of the calling thread.
  ///
  /// @throws KernelException when the kernel refuses
  public static NeighbourResolver open() {
    return new NeighbourResolver(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, 0));
  }

  /// Starts the search for a neighbour on a link. Does not wait for it.
  ///
  /// @return 0, or `-errno`: EPERM without CAP_NET_ADMIN, ENODEV when the interface is gone, EINVAL
  ///   when it has no neighbours of that family, ENOBUFS when the neighbour table is full
  public int resolve(int interfaceIndex, long high, long low) {
    boolean ipv4 = SocketAddress.isIpv4(high, low);
    // ndmsg: family 0, index 4:4, state 8:2, flags 10, type 11
    byte[] header = new byte[12];
    header[0] = ipv4 ? AF_INET : AF_INET6;
    for (int i = 0; i < 4; i++) {
      header[4 + i] = (byte) (interfaceIndex >>> (8 * i));
    }
    header[10] = NTF_USE;
    Request request =
        new Request(
            "search for a neighbour on interface " + interfaceIndex,
            NetworkReader.RTM_NEWNEIGH,
            NetlinkSocket.NLM_F_ACK | NetlinkSocket.NLM_F_CREATE);
    try {
      var _ = socket.request(request.header(header).address(NDA_DST, high, low));
      return 0;
    } catch (KernelException e) {
      return -e.errno();
    }
  }

  /// Closes the socket; harmless when called again.
  @Override
  public void close() {
    socket.close();
  }
}
