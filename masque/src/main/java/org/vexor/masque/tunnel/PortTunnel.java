package org.vexor.masque.tunnel;

import io.netty.buffer.ByteBuf;
import org.vexor.masque.client.MasqueClient;
import org.vexor.masque.client.TunnelListener;
import org.vexor.masque.client.TunnelState;
import org.vexor.masque.client.UdpTunnel;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.packet.Endpoint;

/// A tunnel of a port. The listener's calls come from the client's event loops; the rest is the
/// engine's thread's.
final class PortTunnel implements TunnelListener {
  private final long number;
  private final TunnelPort owner;
  private final long high;
  private final long low;
  private final int port;
  private final Arrivals arrivals;
  private final UdpTunnel tunnel;
  private long usedNs;
  private volatile boolean refused;

  PortTunnel(
      long number,
      TunnelPort owner,
      Endpoint destination,
      MasqueClient client,
      Arrivals arrivals,
      long nowNs) {
    this.number = number;
    this.owner = owner;
    this.high = destination.high();
    this.low = destination.low();
    this.port = destination.port();
    this.arrivals = arrivals;
    this.usedNs = nowNs;
    this.tunnel = client.open(UdpTarget.of(destination.address(), destination.port()), this);
  }

  @Override
  public void payload(UdpTunnel from, ByteBuf payload) {
    arrivals.offer(number, payload);
  }

  @Override
  public void payloadsRead(UdpTunnel from) {
    arrivals.signal();
  }

  @Override
  public void state(UdpTunnel from, TunnelState state) {
    if (state instanceof TunnelState.Refused) {
      refused = true;
      arrivals.wakeup();
    }
  }

  long number() {
    return number;
  }

  TunnelPort owner() {
    return owner;
  }

  UdpTunnel tunnel() {
    return tunnel;
  }

  boolean leadsTo(long otherHigh, long otherLow, int otherPort) {
    return low == otherLow && port == otherPort && high == otherHigh;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  int port() {
    return port;
  }

  void used(long nowNs) {
    usedNs = nowNs;
  }

  boolean isIdle(long nowNs, long idleNs) {
    return nowNs - usedNs > idleNs;
  }

  /// Whether the proxy has refused it since this was asked last.
  boolean takeRefused() {
    boolean was = refused;
    if (was) {
      refused = false;
    }
    return was;
  }
}
