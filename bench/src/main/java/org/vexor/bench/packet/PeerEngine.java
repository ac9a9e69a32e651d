package org.vexor.bench.packet;

import java.time.Clock;
import java.util.List;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.packet.uring.UringEngine;

/// The engine that a peer was asked for; never another one.
final class PeerEngine {
  private PeerEngine() {}

  static PacketEngine open(PeerOptions options) {
    EngineOptions memory = EngineOptions.DEFAULT;
    String backend = options.text("backend", "udp");
    return switch (backend) {
      case "udp" -> new BatchEngine(memory);
      case "uring" -> new UringEngine(memory);
      case "channel" -> new ChannelEngine(memory, Clock.systemUTC(), List.of());
      default -> throw new IllegalArgumentException("no backend " + backend);
    };
  }
}
