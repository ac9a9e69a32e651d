package org.vexor.packet.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Backend;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPortContract;
import org.vexor.packet.PortOptions;

final class ChannelPacketPortTest extends PacketPortContract {
  @Override
  protected PacketEngine nearEngine(EngineOptions options) {
    return new ChannelEngine(options);
  }

  @Override
  protected PacketEngine farEngine(EngineOptions options) {
    return new ChannelEngine(options);
  }

  @Override
  protected Endpoint nearAddress() {
    return Endpoint.loopback(0);
  }

  @Override
  protected Endpoint farAddress() {
    return Endpoint.loopback(0);
  }

  @Override
  protected Backend backend() {
    return Backend.UDP;
  }

  @Test
  void countsAnUnreachableFamilyAndACutDatagram() {
    try (var large = new ChannelEngine(EngineOptions.DEFAULT.withMaxPayloadBytes(3000));
        var small = new ChannelEngine(EngineOptions.DEFAULT.withMaxPayloadBytes(1000))) {
      var sender = large.open(PortOptions.bind(Endpoint.loopback(0)), (_, _) -> {});
      var receiver = small.open(PortOptions.bind(Endpoint.loopback(0)), (_, _) -> {});
      var bytes = MemorySegment.ofArray(new byte[2000]);
      assertTrue(sender.send(bytes, 0, 2000, receiver.localEndpoint()));
      assertTrue(sender.send(bytes, 0, 10, Endpoint.parse("[::1]:9")));
      while (receiver.counters().dropped(DropReason.RECEIVE_TRUNCATED) == 0) {
        large.doWork();
        small.doWork();
      }
      assertEquals(1, sender.counters().dropped(DropReason.SEND_UNREACHABLE));
      assertEquals(0, receiver.counters().received());
    }
  }
}
