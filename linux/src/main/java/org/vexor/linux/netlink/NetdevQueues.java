package org.vexor.linux.netlink;

import java.util.List;
import java.util.Optional;
import org.vexor.linux.KernelException;

/// Which queues of an interface AF_XDP sockets have, whoever opened them (generic netlink family
/// "netdev", linux/netdev.h, queue-get; since 6.14).
public final class NetdevQueues {
  private static final byte NETDEV_CMD_QUEUE_GET = 10;
  private static final int NETDEV_A_QUEUE_ID = 1;
  private static final int NETDEV_A_QUEUE_IFINDEX = 2;
  private static final int NETDEV_A_QUEUE_XSK = 7;

  private NetdevQueues() {}

  /// Asks in the network namespace of the calling thread; needs no privilege.
  ///
  /// @return queue numbers, ascending; empty list also where the kernel does not say: before 6.14,
  ///   and while the interface is down
  public static List<Integer> withAfXdp(int interfaceIndex) {
    try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_GENERIC, 0)) {
      int family = NetdevFeatures.family(socket);
      if (family == 0) {
        return List.of();
      }
      Request request =
          new Request("queues of interface " + interfaceIndex, family, NetlinkSocket.NLM_F_DUMP)
              .header(NETDEV_CMD_QUEUE_GET, (byte) 1, (byte) 0, (byte) 0)
              .attribute(NETDEV_A_QUEUE_IFINDEX, interfaceIndex);
      return socket.dump(request).stream()
          .filter(message -> message.type() == family)
          .flatMap(message -> parse(message.body()).stream())
          .distinct()
          .sorted()
          .toList();
    } catch (KernelException e) {
      // EOPNOTSUPP or EINVAL: a kernel that knows the family and not the command.
      return List.of();
    }
  }

  /// The number of a queue that an AF_XDP socket has.
  static Optional<Integer> parse(Bytes body) {
    Bytes attributes = body.after(NetdevFeatures.GENERIC_HEADER_BYTES);
    return attributes
        .attribute(NETDEV_A_QUEUE_XSK)
        .flatMap(_ -> attributes.attribute(NETDEV_A_QUEUE_ID))
        .filter(id -> id.length() >= Integer.BYTES)
        .map(id -> id.s32(0));
  }
}
