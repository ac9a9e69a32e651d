package org.vexor.node.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.quic.path.RoutePolicy;

/// Votes by a port of sockets, and by another that stands for a tunnel.
final class VotePortsTest {
  private static final EngineOptions FEW = EngineOptions.DEFAULT.withFrames(64, 64);

  private final ChannelEngine leader = new ChannelEngine(FEW);
  private final Set<Integer> sources = new HashSet<>();
  private final PacketPort at =
      leader.open(
          PortOptions.bind(Endpoint.loopback(0)),
          (_, datagram) -> sources.add(datagram.sourcePort()));
  private boolean isUsable = true;

  @AfterEach
  void closeLeader() {
    leader.close();
  }

  private WayOut way(RoutePolicy policy) {
    ProxyPath proxy = new FakeProxy(policy, () -> isUsable);
    return new WayOut(Optional.of(proxy), RouteListener.NONE);
  }

  private int waysOf(WayOut way) {
    sources.clear();
    try (VotePorts ports = new VotePorts(way, Endpoint.loopback(0))) {
      boolean taken = ports.send(new byte[200], at.localEndpoint().toSocketAddress());
      long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      int expected = way.proxy().isPresent() && isUsable ? 2 : 1;
      while (taken && sources.size() < expected && System.nanoTime() < endNs) {
        leader.await(TimeUnit.MILLISECONDS.toNanos(10));
        int _ = leader.doWork();
        if (way.proxy().filter(p -> p.policy() == RoutePolicy.TUNNEL_ONLY).isPresent()) {
          expected = 1;
        }
      }
      assertEquals(taken, !sources.isEmpty());
    }
    return sources.size();
  }

  @Test
  void goStraightWithoutAProxyAndBothWaysWithOne() {
    assertEquals(1, waysOf(WayOut.DIRECT));
    assertEquals(2, waysOf(way(RoutePolicy.TUNNEL_IF_DIRECT_FAILS)));
    isUsable = false;
    assertEquals(1, waysOf(way(RoutePolicy.TUNNEL_IF_DIRECT_FAILS)));
  }

  @Test
  void goNowhereWhereTheProxyIsRequiredAndCannotBeUsed() {
    WayOut required = way(RoutePolicy.TUNNEL_ONLY);
    assertEquals(1, waysOf(required));
    isUsable = false;
    try (VotePorts ports = new VotePorts(required, Endpoint.loopback(0))) {
      assertFalse(ports.send(new byte[200], at.localEndpoint().toSocketAddress()));
    }
    assertTrue(sources.size() <= 1);
  }
}
