package org.vexor.packet;

/// What can be changed on an open port, where its backend has it; each an int.
public enum PortSetting {
  /// 1: datagrams may be sent to broadcast addresses.
  BROADCAST,
  /// The byte of the IP header that holds DSCP and ECN (RFC 2474, RFC 3168).
  TRAFFIC_CLASS,
  /// Index of the interface that multicast datagrams leave by; 0 lets the system choose.
  MULTICAST_INTERFACE,
  /// Hop limit of multicast datagrams.
  MULTICAST_HOPS,
  /// 1: the host's own members receive what this port sends to a group.
  MULTICAST_LOOPBACK,
  /// 1: [DatagramHandler#onUndelivered] is told of datagrams that found a closed port.
  REPORT_UNDELIVERED,
  /// 1: no datagram is fragmented, here or on the way (DF): one that the link does not hold is
  /// dropped as [DropReason#SEND_TOO_LARGE], one that a later link does not hold is lost. For
  /// protocols that find out by themselves what a path holds (RFC 8899).
  UNFRAGMENTED
}
