package org.vexor.linux.netlink;

import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// A subscription to changes of links, addresses, routes and neighbours in the network namespace of
/// the thread that opened it.
///
/// Open it before the first snapshot is read, so that no change falls between. Threading: one
/// thread at a time.
public final class ChangeEvents implements AutoCloseable {
  private static final int RTMGRP_LINK = 1;
  private static final int RTMGRP_NEIGH = 4;
  private static final int RTMGRP_IPV4_IFADDR = 0x10;
  private static final int RTMGRP_IPV4_ROUTE = 0x40;
  private static final int RTMGRP_IPV4_RULE = 0x80;
  private static final int RTMGRP_IPV6_IFADDR = 0x100;
  private static final int RTMGRP_IPV6_ROUTE = 0x400;

  /// Groups above have a number only (RTNLGRP_IPV6_RULE 19, RTNLGRP_NEXTHOP 32).
  private static final int IPV6_RULE = 1 << 18;

  private static final int NEXTHOP = 1 << 31;
  private static final int GROUPS =
      RTMGRP_LINK
          | RTMGRP_NEIGH
          | RTMGRP_IPV4_IFADDR
          | RTMGRP_IPV4_ROUTE
          | RTMGRP_IPV4_RULE
          | RTMGRP_IPV6_IFADDR
          | RTMGRP_IPV6_ROUTE
          | IPV6_RULE
          | NEXTHOP;

  /// Bounds one poll in a storm of changes.
  private static final int DATAGRAM_LIMIT = 64;

  private final NetlinkSocket socket;

  private ChangeEvents(NetlinkSocket socket) {
    this.socket = socket;
  }

  /// Subscribes; needs no privilege.
  ///
  /// @throws org.vexor.linux.KernelException when the kernel refuses
  public static ChangeEvents open() {
    return new ChangeEvents(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, GROUPS));
  }

  /// What changed since the last poll, as a set of [Change]; never waits. All of it when the kernel
  /// had to drop events. Allocates nothing when nothing changed.
  ///
  /// @throws org.vexor.linux.KernelException when the socket fails
  public int poll() {
    int changes = Change.NONE;
    for (int i = 0; i < DATAGRAM_LIMIT; i++) {
      long length = socket.receive(NetlinkSocket.MSG_DONTWAIT);
      if (length == -Errno.EAGAIN) {
        return changes;
      }
      if (length == -Errno.ENOBUFS || length == -Errno.EMSGSIZE) {
        changes = Change.ALL;
        continue;
      }
      long _ = Syscall.RECVFROM.check(length, "events of route netlink");
      for (Message message : socket.messages((int) length)) {
        changes |= Change.of(message);
      }
    }
    return changes;
  }

  /// The descriptor to wait at for POLLIN; it stays owned by this.
  public FileDescriptor file() {
    return socket.file();
  }

  /// Ends the subscription; harmless when called again.
  @Override
  public void close() {
    socket.close();
  }
}
