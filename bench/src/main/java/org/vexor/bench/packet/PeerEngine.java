package org.vexor.bench.packet;

import java.time.Clock;
import java.util.List;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.packet.uring.UringEngine;
import org.vexor.packet.xdp.XdpEngine;
import org.vexor.packet.xdp.XdpOptions;
import org.vexor.packet.xdp.device.DeviceMode;

/// The engine that a peer was asked for; never another one.
final class PeerEngine {
  private PeerEngine() {}

  static PacketEngine open(PeerOptions options) {
    EngineOptions memory = EngineOptions.DEFAULT;
    String backend = options.text("backend", "udp");
    return switch (backend) {
      case "udp" -> new BatchEngine(memory);
      case "uring" -> new UringEngine(memory);
      case "xdp" -> XdpEngine.open(xdp(options), new UringEngine(memory), memory);
      case "channel" -> new ChannelEngine(memory, Clock.systemUTC(), List.of());
      default -> throw new IllegalArgumentException("no backend " + backend);
    };
  }

  private static XdpOptions xdp(PeerOptions options) {
    DeviceMode mode =
        switch (options.text("mode", "auto")) {
          case "auto" -> DeviceMode.AUTO;
          case "native" -> DeviceMode.NATIVE;
          case "generic" -> DeviceMode.GENERIC;
          default -> throw new IllegalArgumentException("no mode " + options.text("mode", ""));
        };
    return XdpOptions.on(options.text("if", ""))
        .withMode(mode)
        .withBusyPoll(options.number("busy-poll", 0));
  }
}
