package org.vexor.bench.netty;

import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.uring.UringEngine;
import org.vexor.packet.xdp.XdpEngine;
import org.vexor.packet.xdp.XdpOptions;

/// Keeps so many datagrams under way to an echo server, over AF_XDP without Netty; spins.
///
/// `EchoLoad INTERFACE ADDRESS TO:PORT PAYLOAD WINDOW SECONDS`: a datagram is sent for each that
/// comes back; when none does for 20 ms, those under way count as lost and a new window goes out.
/// Prints one JSON line.
public final class EchoLoad {
  private static final EngineOptions FRAMES = EngineOptions.DEFAULT.withFrames(8_192, 4_096);
  private static final long LOST_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final PacketEngine engine;
  private final PacketPort port;
  private final Endpoint to;
  private final int payloadBytes;
  private long sent;
  private long received;
  private long lost;

  private EchoLoad(PacketEngine engine, String address, Endpoint to, int payloadBytes) {
    this.engine = engine;
    this.to = to;
    this.payloadBytes = payloadBytes;
    port = engine.open(PortOptions.bind(Endpoint.parse(address + ":0")), (_, _) -> received++);
  }

  /// Runs one load.
  public static void main(String[] arguments) {
    try (PacketEngine engine =
        XdpEngine.open(XdpOptions.on(arguments[0]), new UringEngine(FRAMES), FRAMES)) {
      var load =
          new EchoLoad(
              engine, arguments[1], Endpoint.parse(arguments[2]), Integer.parseInt(arguments[3]));
      load.run(
          Integer.parseInt(arguments[4]), TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[5])));
    }
  }

  private void run(int window, long durationNs) {
    long beganNs = System.nanoTime();
    long lastNs = beganNs;
    long nowNs = beganNs;
    while (nowNs - beganNs < durationNs) {
      long before = received;
      fill(window);
      int _ = engine.doWork();
      nowNs = System.nanoTime();
      if (received > before) {
        lastNs = nowNs;
      } else if (nowNs - lastNs > LOST_NS) {
        lost = sent - received;
        lastNs = nowNs;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "{\"load\":\"%s\",\"sent\":%d,\"received\":%d,\"per_second\":%.0f}%n",
        engine.report().backend(),
        sent,
        received,
        received * 1e9 / (nowNs - beganNs));
  }

  private void fill(int window) {
    while (sent - received - lost < window) {
      long at = port.reserve(payloadBytes);
      if (at < 0) {
        return;
      }
      port.sendSegment().set(ValueLayout.JAVA_LONG_UNALIGNED, at, sent++);
      port.commit(payloadBytes, to.high(), to.low(), to.port());
    }
  }
}
