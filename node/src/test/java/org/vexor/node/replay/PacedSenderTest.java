package org.vexor.node.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Datagram;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.MemoryNetwork;

final class PacedSenderTest {
  private static final List<byte[]> DATAGRAMS =
      IntStream.range(0, 300).mapToObj(i -> new byte[] {(byte) i, (byte) (i >> 8), 5}).toList();

  private long nowNs;
  private final MemoryNetwork network = new MemoryNetwork(1, () -> nowNs);
  private final PacketEngine sending =
      network.engine(EngineOptions.DEFAULT.withMaxPayloadBytes(1472).withFrames(64, 16));
  private final PacketEngine receiving = network.engine(EngineOptions.DEFAULT);
  private final List<byte[]> received = new ArrayList<>();
  private final PacketPort from =
      sending.open(PortOptions.bind(Endpoint.loopback(0)), (port, datagram) -> {});
  private final PacketPort to =
      receiving.open(
          PortOptions.bind(Endpoint.loopback(0)), (port, datagram) -> received.add(copy(datagram)));

  private static byte[] copy(Datagram datagram) {
    return datagram
        .segment()
        .asSlice(datagram.offset(), datagram.length())
        .toArray(ValueLayout.JAVA_BYTE);
  }

  @AfterEach
  void close() {
    sending.close();
    receiving.close();
  }

  private int send(List<byte[]> datagrams, int perSecond) {
    var sender =
        new PacedSender(
            sending,
            from,
            () -> nowNs,
            ns -> {
              nowNs += ns;
              receiving.doWork();
            });
    int sent = sender.send(datagrams, to.localEndpoint(), perSecond);
    while (receiving.doWork() > 0) {}
    return sent;
  }

  @Test
  void sendsAllInOrderThroughAPortWithLessRoom() {
    assertEquals(DATAGRAMS.size(), send(DATAGRAMS, 0));
    assertEquals(DATAGRAMS.size(), received.size());
    for (int i = 0; i < received.size(); i++) {
      assertArrayEquals(DATAGRAMS.get(i), received.get(i));
    }
  }

  @Test
  void keepsToTheRate() {
    assertEquals(DATAGRAMS.size(), send(DATAGRAMS, 1000));
    assertEquals(DATAGRAMS.size(), received.size());
    double seconds = nowNs / 1e9;
    assertTrue(seconds > 0.29 && seconds < 0.32, "300 datagrams at 1000 a second: " + seconds);
  }

  @Test
  void oneThatIsTooLongIsCountedByThePortAndTheRestGoes() {
    List<byte[]> mixed = new ArrayList<>(DATAGRAMS);
    mixed.set(7, new byte[2000]);
    assertEquals(DATAGRAMS.size(), send(mixed, 0));
    assertEquals(DATAGRAMS.size() - 1, received.size());
    assertEquals(1, from.counters().dropped(DropReason.SEND_TOO_LARGE));
  }

  @Test
  void givesUpOnAPortThatTakesNothing() {
    from.close();
    assertEquals(0, send(DATAGRAMS, 0));
  }
}
