package org.vexor.node.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.quic.path.RouteDecision;
import org.vexor.quic.path.RoutePolicy;

/// A peer that answers what comes from the tunnel, and what comes directly when the wall is open.
final class DetourEngineTest {
  private static final EngineOptions FEW = EngineOptions.DEFAULT.withFrames(64, 64);
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final ChannelEngine peerEngine = new ChannelEngine(FEW);
  private final List<String> turns = new ArrayList<>();
  private List<PacketEngine> tunnels = List.of();
  private long nowNs = 1;
  private boolean isOpen = true;
  private boolean isUsable = true;
  private RoutePolicy policy = RoutePolicy.TUNNEL_IF_DIRECT_FAILS;
  private int answers;
  private int directAtPeer;
  private int tunnelAtPeer;

  private final PacketPort peer =
      peerEngine.open(
          PortOptions.bind(Endpoint.loopback(0)),
          (own, datagram) -> {
            boolean fromTunnel =
                !tunnels.getFirst().ports().isEmpty()
                    && datagram.sourcePort()
                        == tunnels.getFirst().ports().getFirst().localEndpoint().port();
            directAtPeer += fromTunnel ? 0 : 1;
            tunnelAtPeer += fromTunnel ? 1 : 0;
            if (fromTunnel || isOpen) {
              own.send(datagram.segment(), datagram.offset(), datagram.length(), datagram.source());
            }
          });

  private final class Turns implements RouteListener {
    @Override
    public void decided(RouteDecision decision) {
      throw new AssertionError(decision.toString());
    }

    @Override
    public void turned(String role, String route, String why) {
      turns.add(route);
    }
  }

  private DetourEngine engine() {
    var proxy = new FakeProxy(policy, () -> isUsable);
    tunnels = proxy.engines();
    return new DetourEngine("test", new ChannelEngine(FEW), proxy, FEW, new Turns(), () -> nowNs);
  }

  private PacketPort port(DetourEngine engine) {
    return engine.open(PortOptions.bind(Endpoint.loopback(0)), (_, _) -> answers++);
  }

  @AfterEach
  void closePeer() {
    peerEngine.close();
  }

  private void exchange(DetourEngine engine, PacketPort port, int seconds) {
    var payload = MemorySegment.ofArray(new byte[100]);
    for (int i = 0; i < 10 * seconds; i++) {
      nowNs += SECOND_NS / 10;
      assertTrue(port.send(payload, 0, 100, peer.localEndpoint()));
      long direct = directAtPeer;
      long tunnel = tunnelAtPeer;
      await(
          () ->
              engine.doWork() + peerEngine.doWork() == 0
                  && directAtPeer + tunnelAtPeer > direct + tunnel);
      int before = answers;
      int _ = engine.doWork();
      assertTrue(answers >= before);
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long endNs = System.nanoTime() + 20 * SECOND_NS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, "waited in vain");
      Thread.onSpinWait();
    }
  }

  @Test
  void goesByTheTunnelWhileNothingComesBackAndReturnsWhenSomethingDoes() {
    try (DetourEngine engine = engine()) {
      PacketPort port = port(engine);
      exchange(engine, port, 5);
      assertEquals(List.of("direct"), turns);
      assertEquals(0, tunnelAtPeer);
      isOpen = false;
      exchange(engine, port, 5);
      assertEquals(List.of("direct", "tunnel"), turns);
      assertTrue(tunnelAtPeer >= 10, () -> tunnelAtPeer + " through the tunnel");
      isOpen = true;
      exchange(engine, port, 3);
      assertEquals(List.of("direct", "tunnel", "direct"), turns);
      assertEquals(0, port.queued());
    }
  }

  @Test
  void aReturnThatWasNoneKeepsItInTheTunnelForLonger() {
    try (DetourEngine engine = engine()) {
      PacketPort port = port(engine);
      for (int i = 0; i < 2; i++) {
        isOpen = false;
        exchange(engine, port, 5);
        isOpen = true;
        exchange(engine, port, 3);
      }
      assertEquals(List.of("direct", "tunnel", "direct", "tunnel"), turns);
      exchange(engine, port, 8);
      assertEquals(List.of("direct", "tunnel", "direct", "tunnel", "direct"), turns);
    }
  }

  @Test
  void withoutAUsableProxyThereIsNoOtherWay() {
    isOpen = false;
    isUsable = false;
    try (DetourEngine engine = engine()) {
      PacketPort port = port(engine);
      exchange(engine, port, 5);
      assertEquals(List.of("direct"), turns);
      isUsable = true;
      exchange(engine, port, 1);
      isUsable = false;
      exchange(engine, port, 1);
      assertEquals(List.of("direct", "tunnel", "direct"), turns);
    }
  }

  @Test
  void whereTheProxyIsRequiredNothingGoesStraight() {
    policy = RoutePolicy.TUNNEL_ONLY;
    try (DetourEngine engine = engine()) {
      exchange(engine, port(engine), 8);
      assertEquals(List.of("tunnel"), turns);
      assertEquals(0, directAtPeer);
      assertEquals(80, engine.counters().sent());
    }
  }
}
