package org.vexor.packet.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.foreign.MemorySegment;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.packet.Backend;
import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.PortSetting;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.uring.UringEngine;

@EnabledOnOs(OS.LINUX)
final class UndeliveredTest {
  private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(256, 256);
  private static final long PATIENCE_NS = 10_000_000_000L;

  private record Undelivered(Endpoint to, List<Byte> quoted) {}

  private static final class Recorder implements DatagramHandler {
    private final List<Undelivered> undelivered = new ArrayList<>();
    private int received;
    private int refused;

    @Override
    public void onDatagram(PacketPort port, Datagram datagram) {
      received++;
    }

    @Override
    public void onPeerRefused(PacketPort port) {
      refused++;
    }

    @Override
    public void onUndelivered(PacketPort port, Endpoint to, ByteBuffer quoted) {
      var copy = new ArrayList<Byte>();
      while (quoted.hasRemaining()) {
        copy.add(quoted.get());
      }
      undelivered.add(new Undelivered(to, copy));
    }
  }

  private static void await(PacketEngine engine, BooleanSupplier condition) {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, "waited in vain");
      engine.await(10_000_000);
      int _ = engine.doWork();
    }
  }

  private static void send(PacketPort port, byte[] payload, Endpoint to) {
    assertTrue(port.send(MemorySegment.ofArray(payload), 0, payload.length, to));
  }

  private static Endpoint closed(String address) throws Exception {
    try (var socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0))) {
      return Endpoint.of((InetSocketAddress) socket.getLocalSocketAddress());
    }
  }

  private static PacketEngine engine(Backend backend) {
    try {
      return backend == Backend.IO_URING ? new UringEngine(OPTIONS) : new BatchEngine(OPTIONS);
    } catch (PortException e) {
      return abort(e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"UDP, 127.0.0.1", "UDP, ::1", "IO_URING, 127.0.0.1", "IO_URING, ::1"})
  void tellsWhichDatagramsFoundAClosedPort(Backend backend, String address) throws Exception {
    var recorder = new Recorder();
    try (PacketEngine engine = engine(backend)) {
      Endpoint any = Endpoint.of(InetAddress.getByName(address), 0);
      PacketPort port = engine.open(PortOptions.bind(any), recorder);
      assertTrue(port.set(PortSetting.REPORT_UNDELIVERED, 1));
      Endpoint nobody = closed(address);
      for (int sent = 1; sent <= 3; sent++) {
        int wanted = sent;
        send(port, new byte[] {1, 2, 3}, nobody);
        await(engine, () -> recorder.undelivered.size() == wanted);
        assertEquals(nobody, recorder.undelivered.getLast().to());
        assertEquals(
            List.of((byte) 1, (byte) 2, (byte) 3), recorder.undelivered.getLast().quoted());
      }
      send(port, new byte[] {4}, port.localEndpoint());
      await(engine, () -> recorder.received == 1);
      assertEquals(0, recorder.refused, "it is connected to nobody");
    }
  }

  @Test
  void noDatagramToSomebodyElseIsLostByIt() throws Exception {
    var recorder = new Recorder();
    try (PacketEngine engine = new BatchEngine(OPTIONS)) {
      PacketPort port = engine.open(PortOptions.bind(Endpoint.loopback(0)), recorder);
      PacketPort listener = engine.open(PortOptions.bind(Endpoint.loopback(0)), recorder);
      assertTrue(port.set(PortSetting.REPORT_UNDELIVERED, 1));
      Endpoint nobody = closed("127.0.0.1");
      for (int round = 1; round <= 100; round++) {
        int wanted = round;
        send(port, new byte[] {1}, nobody);
        int _ = port.flush();
        send(port, new byte[] {2}, listener.localEndpoint());
        int _ = port.flush();
        await(engine, () -> recorder.received == wanted);
      }
      await(engine, () -> recorder.undelivered.size() == 100);
      assertEquals(200, port.counters().sent());
    }
  }

  @Test
  void saysNothingUnasked() throws Exception {
    var recorder = new Recorder();
    try (PacketEngine engine = new BatchEngine(OPTIONS)) {
      PacketPort port = engine.open(PortOptions.bind(Endpoint.loopback(0)), recorder);
      send(port, new byte[] {1}, closed("127.0.0.1"));
      int _ = port.flush();
      send(port, new byte[] {2}, port.localEndpoint());
      await(engine, () -> recorder.received == 1);
      assertEquals(0, recorder.undelivered.size() + recorder.refused);
    }
  }
}
