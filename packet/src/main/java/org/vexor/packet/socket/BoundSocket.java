package org.vexor.packet.socket;

import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.SocketOption;
import org.vexor.linux.socket.UdpSocket;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.PortSetting;

/// A kernel UDP socket, bound and set up as [PortOptions] say. Owner thread only; closing twice is
/// harmless.
public final class BoundSocket implements AutoCloseable {
  private final UdpSocket socket;
  private final Endpoint local;
  private int lostBefore;

  private BoundSocket(UdpSocket socket, Endpoint local) {
    this.socket = socket;
    this.local = local;
  }

  /// Opens and binds one. IPv6 sockets carry IPv6 only, so that a port of either family can have
  /// the same number.
  ///
  /// @throws PortException when the kernel refuses; the message says what to do
  public static BoundSocket open(PortOptions options) {
    Endpoint bind = options.bind();
    AddressFamily family = bind.isIpv4() ? AddressFamily.INET : AddressFamily.INET6;
    UdpSocket socket = null;
    try {
      socket = UdpSocket.open(family);
      if (family == AddressFamily.INET6) {
        socket.set(SocketOption.IPV6_V6ONLY, 1);
      }
      if (options.reusePort()) {
        socket.set(SocketOption.SO_REUSEPORT, 1);
      }
      if (options.reuseAddress()) {
        socket.set(SocketOption.SO_REUSEADDR, 1);
      }
      // The FORCE options pass sysctl net.core.rmem_max and wmem_max, and need CAP_NET_ADMIN.
      if (socket.trySet(SocketOption.SO_RCVBUFFORCE, options.receiveBufferBytes()) < 0) {
        socket.set(SocketOption.SO_RCVBUF, options.receiveBufferBytes());
      }
      if (socket.trySet(SocketOption.SO_SNDBUFFORCE, options.sendBufferBytes()) < 0) {
        socket.set(SocketOption.SO_SNDBUF, options.sendBufferBytes());
      }
      socket.set(SocketOption.SO_RXQ_OVFL, 1);
      socket.bind(bind.high(), bind.low(), bind.port());
      var local = new Endpoint(socket.localHigh(), socket.localLow(), socket.localPort());
      return new BoundSocket(socket, local);
    } catch (KernelException e) {
      if (socket != null) {
        socket.close();
      }
      throw PortException.of("UDP port " + bind, e);
    }
  }

  /// The kernel's descriptor number.
  public int number() {
    return socket.number();
  }

  public FileDescriptor descriptor() {
    return socket.descriptor();
  }

  public AddressFamily family() {
    return socket.family();
  }

  /// Where it is bound, with the number that the kernel chose.
  public Endpoint local() {
    return local;
  }

  /// How many datagrams the kernel dropped at this socket since the last call.
  ///
  /// @param counter what SO_RXQ_OVFL says at a datagram just received, or [#dropped]: a counter of
  ///   32 bits that wraps; negative when it says nothing, which is before the first loss
  public long lost(long counter) {
    // A datagram tells what was lost when it was queued, so it may say less than is known already.
    int more = (int) counter - lostBefore;
    if (counter < 0 || more <= 0) {
      return 0;
    }
    lostBefore = (int) counter;
    return more;
  }

  /// What the kernel counts now as dropped at this socket, also when no datagram came after;
  /// negative when it does not say.
  public long dropped() {
    return socket.dropped();
  }

  private PortException refused(String what, KernelException e) {
    return new PortException("UDP port " + local + ": " + what + " refused: " + e.getMessage(), e);
  }

  /// As [org.vexor.packet.PacketPort#connect].
  void connect(Endpoint peer) {
    try {
      socket.connect(peer.high(), peer.low(), peer.port());
    } catch (KernelException e) {
      throw refused("connecting to " + peer, e);
    }
  }

  /// As [org.vexor.packet.PacketPort#disconnect].
  void disconnect() {
    try {
      socket.disconnect();
      // The kernel takes back a number that it had chosen itself (__udp_disconnect).
      if (socket.localPort() == 0) {
        socket.bind(local.high(), local.low(), local.port());
      }
    } catch (KernelException e) {
      throw refused("disconnecting", e);
    }
  }

  /// As [org.vexor.packet.PacketPort#set].
  void set(PortSetting setting, int value) {
    boolean ipv4 = family() == AddressFamily.INET;
    SocketOption option =
        switch (setting) {
          case BROADCAST -> SocketOption.SO_BROADCAST;
          case TRAFFIC_CLASS -> ipv4 ? SocketOption.IP_TOS : SocketOption.IPV6_TCLASS;
          case MULTICAST_INTERFACE ->
              ipv4 ? SocketOption.IP_MULTICAST_IF : SocketOption.IPV6_MULTICAST_IF;
          case MULTICAST_HOPS ->
              ipv4 ? SocketOption.IP_MULTICAST_TTL : SocketOption.IPV6_MULTICAST_HOPS;
          case REPORT_UNDELIVERED -> ipv4 ? SocketOption.IP_RECVERR : SocketOption.IPV6_RECVERR;
          case UNFRAGMENTED -> ipv4 ? SocketOption.IP_MTU_DISCOVER : SocketOption.IPV6_MTU_DISCOVER;
          case MULTICAST_LOOPBACK ->
              ipv4 ? SocketOption.IP_MULTICAST_LOOP : SocketOption.IPV6_MULTICAST_LOOP;
        };
    try {
      if (option == SocketOption.IP_MULTICAST_IF) {
        socket.multicastInterface(value);
      } else if (setting == PortSetting.UNFRAGMENTED) {
        socket.set(option, value == 0 ? SocketOption.PMTUDISC_WANT : SocketOption.PMTUDISC_PROBE);
      } else {
        socket.set(option, value);
      }
    } catch (KernelException e) {
      throw refused(setting + "=" + value, e);
    }
  }

  /// As [org.vexor.packet.PacketPort#join].
  void join(Endpoint group, int interfaceIndex) {
    try {
      socket.joinMulticast(group.high(), group.low(), interfaceIndex);
    } catch (KernelException e) {
      throw refused("join of " + group, e);
    }
  }

  /// As [org.vexor.packet.PacketPort#leave].
  void leave(Endpoint group, int interfaceIndex) {
    try {
      socket.leaveMulticast(group.high(), group.low(), interfaceIndex);
    } catch (KernelException e) {
      throw refused("leave of " + group, e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
