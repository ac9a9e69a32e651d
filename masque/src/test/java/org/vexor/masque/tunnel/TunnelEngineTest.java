package org.vexor.masque.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.masque.client.ClientStatus;
import org.vexor.masque.client.MasqueClient;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.ProxyOptions;
import org.vexor.packet.Backend;
import org.vexor.packet.Datagram;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.quic.EndpointOptions;

final class TunnelEngineTest {
  private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(64, 32);
  private static final long PATIENCE_NS = 20_000_000_000L;

  private final TunnelLab lab = new TunnelLab();
  private final PacketEngine far = new ChannelEngine(OPTIONS);
  private final List<byte[]> received = new ArrayList<>();
  private final List<Endpoint> sources = new ArrayList<>();
  private MasqueProxy proxy;
  private MasqueClient client;
  private TunnelEngine near;

  @BeforeEach
  void start() {
    proxy = lab.proxy(ProxyOptions.quic(100).withPathMtu(1_452, false));
    client =
        lab.client(proxy, lab.base().transport, EndpointOptions.DEFAULT.withPathMtu(1_452, false));
    near = new TunnelEngine(client, OPTIONS, TunnelOptions.DEFAULT);
  }

  @AfterEach
  void stop() {
    near.close();
    far.close();
    lab.close();
  }

  private void drive(BooleanSupplier until) {
    long beganNs = System.nanoTime();
    while (!until.getAsBoolean()) {
      if (near.doWork() + far.doWork() == 0) {
        Thread.onSpinWait();
      }
      if (System.nanoTime() - beganNs > PATIENCE_NS) {
        throw new AssertionError(
            "waited in vain; received "
                + received.size()
                + ", drops near "
                + near.counters().drops()
                + ", far "
                + far.counters().drops()
                + ", "
                + client.status());
      }
    }
  }

  private PacketPort echo() {
    return far.open(
        PortOptions.bind(Endpoint.loopback(0)),
        (port, datagram) ->
            assertTrue(
                port.send(
                    datagram.segment(), datagram.offset(), datagram.length(), datagram.source())));
  }

  private PacketPort port() {
    return near.open(PortOptions.bind(Endpoint.loopback(0).anyLocal()), this::collect);
  }

  private void collect(PacketPort port, Datagram datagram) {
    received.add(
        datagram
            .segment()
            .asSlice(datagram.offset(), datagram.length())
            .toArray(ValueLayout.JAVA_BYTE));
    sources.add(datagram.source());
  }

  private static boolean send(PacketPort port, byte[] payload, Endpoint to) {
    return port.send(MemorySegment.ofArray(payload), 0, payload.length, to);
  }

  private void echoes(PacketPort port, Endpoint to, int length) {
    int before = received.size();
    assertTrue(send(port, RecordedTunnel.bytes(length), to));
    drive(() -> received.size() > before);
    assertArrayEquals(RecordedTunnel.bytes(length), received.getLast());
    assertEquals(to, sources.getLast());
  }

  @Test
  void datagramsGoToTheirDestinationsAndBack() {
    PacketPort port = port();
    List<Endpoint> targets =
        List.of(echo().localEndpoint(), echo().localEndpoint(), echo().localEndpoint());
    for (int length : new int[] {1, 0, 64, 1_200, 1_400}) {
      for (Endpoint target : targets) {
        echoes(port, target, length);
      }
    }
    assertEquals(3, near.tunnels());
    assertEquals(15, port.counters().sent());
    assertEquals(15, port.counters().received());
    assertEquals(0, near.counters().droppedInAll());
    assertEquals(Backend.TUNNEL, near.report().backend());
    assertTrue(near.report().mode().contains("ready over HTTP/3"), near.report().mode());
    assertEquals(ClientStatus.Phase.READY, client.status().phase());
  }

  @Test
  void theFirstDatagramsWaitForTheirTunnel() {
    PacketPort port = port();
    Endpoint target = echo().localEndpoint();
    for (int i = 0; i < 20; i++) {
      assertTrue(send(port, new byte[] {(byte) i}, target));
    }
    drive(() -> received.size() == 20);
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(new byte[] {(byte) i}, received.get(i));
    }
  }

  @Test
  void countsWhatIsLargerThanTheTunnelCarries() {
    PacketPort port = port();
    Endpoint target = echo().localEndpoint();
    echoes(port, target, 10);
    int most = 1_452 - 46;
    echoes(port, target, most);
    assertTrue(send(port, new byte[most + 1], target));
    near.doWork();
    assertEquals(1, port.counters().dropped(DropReason.SEND_TOO_LARGE));
    assertEquals(PacketPort.TOO_LARGE, port.reserve(port.maxPayloadBytes() + 1));
  }

  @Test
  void unusedTunnelsAreClosedAndOpenedAgainWhenNeeded() {
    near.close();
    near =
        new TunnelEngine(client, OPTIONS, TunnelOptions.DEFAULT.withIdle(Duration.ofMillis(100)));
    PacketPort port = port();
    Endpoint target = echo().localEndpoint();
    echoes(port, target, 10);
    drive(() -> near.tunnels() == 0);
    drive(() -> proxy.gate().ledger().tunnels() == 0);
    echoes(port, target, 20);
  }

  @Test
  void refusesDestinationsBeyondItsTunnels() {
    near.close();
    near = new TunnelEngine(client, OPTIONS, TunnelOptions.DEFAULT.withTunnels(1));
    PacketPort port = port();
    echoes(port, echo().localEndpoint(), 10);
    assertTrue(send(port, new byte[1], echo().localEndpoint()));
    near.doWork();
    assertEquals(1, port.counters().dropped(DropReason.SEND_REFUSED));
  }

  @Test
  void closingAPortClosesItsTunnels() {
    PacketPort port = port();
    echoes(port, echo().localEndpoint(), 10);
    Endpoint local = port.localEndpoint();
    assertThrows(PortException.class, () -> near.open(PortOptions.bind(local), this::collect));
    port.close();
    port.close();
    assertFalse(port.isOpen());
    assertEquals(0, near.tunnels());
    assertEquals(PacketPort.CLOSED, port.reserve(1));
    drive(() -> proxy.gate().ledger().tunnels() == 0);
    assertEquals(local, near.open(PortOptions.bind(local), this::collect).localEndpoint());
  }

  @Test
  void retainedFramesKeepTheirBytes() {
    var frames = new ArrayList<long[]>();
    var segments = new ArrayList<MemorySegment>();
    PacketPort port =
        near.open(
            PortOptions.bind(Endpoint.loopback(0).anyLocal()),
            (from, datagram) -> {
              if (frames.size() < 4) {
                long frame = datagram.retain();
                assertNotEquals(Datagram.NOT_RETAINED, frame);
                frames.add(new long[] {frame, datagram.offset(), datagram.length()});
                segments.add(datagram.segment());
              }
              collect(from, datagram);
            });
    Endpoint target = echo().localEndpoint();
    for (int i = 0; i < 3 * OPTIONS.receiveFrames(); i++) {
      echoes(port, target, 100 + i);
    }
    for (int i = 0; i < frames.size(); i++) {
      long[] frame = frames.get(i);
      assertArrayEquals(
          RecordedTunnel.bytes(100 + i),
          segments.get(i).asSlice(frame[1], frame[2]).toArray(ValueLayout.JAVA_BYTE));
      near.release(frame[0]);
    }
  }

  @Test
  void awaitEndsByArrivalAndByWakeup() throws InterruptedException {
    PacketPort port = port();
    PacketPort target = echo();
    echoes(port, target.localEndpoint(), 10);
    assertTrue(send(port, new byte[5], target.localEndpoint()));
    near.doWork();
    long beganNs = System.nanoTime();
    while (received.size() < 2) {
      far.doWork();
      near.await(1_000_000);
      near.doWork();
    }
    Thread other = new Thread(near::wakeup);
    other.start();
    near.await(PATIENCE_NS);
    other.join();
    assertTrue(System.nanoTime() - beganNs < PATIENCE_NS / 2);
  }
}
