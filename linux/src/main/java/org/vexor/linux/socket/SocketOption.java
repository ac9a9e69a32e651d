package org.vexor.linux.socket;

/// Options of UDP sockets whose value is one int (asm-generic/socket.h, linux/in.h, linux/in6.h,
/// linux/udp.h).
public enum SocketOption {
  SO_REUSEADDR(1, 2),
  SO_BROADCAST(1, 6),
  SO_SNDBUF(1, 7),
  SO_RCVBUF(1, 8),
  SO_REUSEPORT(1, 15),
  SO_SNDBUFFORCE(1, 32),
  SO_RCVBUFFORCE(1, 33),
  SO_RXQ_OVFL(1, 40),
  SO_BUSY_POLL(1, 46),
  SO_INCOMING_CPU(1, 49),
  SO_INCOMING_NAPI_ID(1, 56),
  SO_PREFER_BUSY_POLL(1, 69),
  SO_BUSY_POLL_BUDGET(1, 70),
  IP_TOS(0, 1),
  IP_TTL(0, 2),
  IP_PKTINFO(0, 8),
  IP_MTU_DISCOVER(0, 10),
  IP_RECVERR(0, 11),
  IP_MULTICAST_IF(0, 32),
  IP_MULTICAST_TTL(0, 33),
  IP_MULTICAST_LOOP(0, 34),
  IPV6_MULTICAST_IF(41, 17),
  IPV6_MULTICAST_HOPS(41, 18),
  IPV6_MULTICAST_LOOP(41, 19),
  IPV6_MTU_DISCOVER(41, 23),
  IPV6_RECVERR(41, 25),
  IPV6_V6ONLY(41, 26),
  IPV6_RECVPKTINFO(41, 49),
  IPV6_TCLASS(41, 67),
  UDP_SEGMENT(17, 103),
  UDP_GRO(17, 104);

  /// Value of the MTU_DISCOVER options, the system's default: fragment what does not fit.
  public static final int PMTUDISC_WANT = 1;

  /// Value of the MTU_DISCOVER options: set DF, and refuse with EMSGSIZE what does not fit.
  public static final int PMTUDISC_DO = 2;

  /// Value of the MTU_DISCOVER options: set DF, and ignore the path MTU.
  public static final int PMTUDISC_PROBE = 3;

  private final int level;
  private final int number;

  SocketOption(int level, int number) {
    this.level = level;
    this.number = number;
  }

  /// The SOL_ or IPPROTO_ number.
  public int level() {
    return level;
  }

  /// The number within its level.
  public int number() {
    return number;
  }
}
