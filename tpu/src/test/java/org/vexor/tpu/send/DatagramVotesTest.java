package org.vexor.tpu.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.tpu.TpuLab;

final class DatagramVotesTest {
  private static final EngineOptions SMALL = EngineOptions.DEFAULT.withFrames(64, 4);

  @Test
  void everyVoteIsADatagram() {
    try (PacketEngine sending = PacketEngines.local(SMALL);
        PacketEngine receiving = PacketEngines.local(SMALL)) {
      List<byte[]> received = new ArrayList<>();
      PacketPort port =
          receiving.open(
              PortOptions.bind(Endpoint.loopback(0)),
              (_, datagram) ->
                  received.add(
                      datagram
                          .segment()
                          .asSlice(datagram.offset(), datagram.length())
                          .toArray(ValueLayout.JAVA_BYTE)));
      var votes = new DatagramVotes(sending, Endpoint.loopback(0));
      // More than the port has room for at a time.
      for (int i = 0; i < 10; i++) {
        assertTrue(votes.offer(new byte[] {1, (byte) i}, port.localEndpoint()));
      }
      TpuLab.await(
          "all votes",
          () -> {
            int _ = votes.doWork();
            int _ = sending.doWork();
            int _ = receiving.doWork();
            return received.size() == 10;
          });
      assertArrayEquals(new byte[] {1, 9}, received.getLast());
      assertEquals(0, votes.refused());
    }
  }

  @Test
  void whatNoVoteIsIsRefused() {
    try (PacketEngine engine = PacketEngines.local(SMALL)) {
      var votes = new DatagramVotes(engine, Endpoint.loopback(0));
      assertFalse(votes.offer(new byte[0], Endpoint.loopback(9)));
      assertFalse(votes.offer(new byte[DatagramVotes.MAX_BYTES + 1], Endpoint.loopback(9)));
      assertEquals(2, votes.refused());
    }
  }
}
