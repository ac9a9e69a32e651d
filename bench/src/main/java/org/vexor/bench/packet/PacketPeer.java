package org.vexor.bench.packet;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;

/// One engine at the job of a C peer: receive and count, send, or echo.
public final class PacketPeer {
  private static final long AWAIT_NS = 100_000_000L;
  private static final int RECEIVE_BUFFER_BYTES = 8 << 20;

  /// What is under way when the warm-up command ends is waited for.
  private static final long SETTLE_NS = 50_000_000L;

  private static final long SEND_WARM_UP_NS = 1_000_000_000L;

  private final PeerOptions options;
  private final PacketEngine engine;
  private final PrintStream out;
  private final Tally tally = new Tally();
  private volatile boolean stopped;

  private PacketPeer(PeerOptions options, PacketEngine engine, PrintStream out) {
    this.options = options;
    this.engine = engine;
    this.out = out;
  }

  /// Runs until SIGTERM, or the end of its time.
  ///
  /// @param arguments see [PeerOptions#USAGE]
  public static void main(String... arguments) {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      PeerOptions options = PeerOptions.parse(arguments);
      try (PacketEngine engine = PeerEngine.open(options)) {
        new PacketPeer(options, engine, out).run();
      }
    } catch (PortException | IllegalArgumentException e) {
      out.println("{\"error\":\"" + String.valueOf(e.getMessage()).replace('"', '\'') + "\"}");
      System.exit(2);
    }
  }

  private void run() {
    Thread job = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(job)));
    switch (options.job()) {
      case RX -> receive((_, datagram) -> tally.add(datagram));
      case ECHO -> receive(this::echo);
      case TX -> send();
    }
  }

  private void stop(Thread job) {
    stopped = true;
    engine.wakeup();
    try {
      // The JVM ends when this does, so not before the total is printed.
      job.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PacketPort open(DatagramHandler handler) {
    int buffer = options.number("receive-buffer", RECEIVE_BUFFER_BYTES);
    return engine.open(PortOptions.bind(options.bind()).withReceiveBufferBytes(buffer), handler);
  }

  private void echo(PacketPort port, Datagram datagram) {
    tally.add(datagram);
    int length = datagram.length();
    long at = port.reserve(length);
    if (at >= 0) {
      MemorySegment.copy(datagram.segment(), datagram.offset(), port.sendSegment(), at, length);
      port.commit(length, datagram.sourceHigh(), datagram.sourceLow(), datagram.sourcePort());
    }
  }

  private void receive(DatagramHandler handler) {
    PacketPort port = open(handler);
    warmUp();
    var meter = new PeerMeter(options.job().name(), out, () -> tally.json() + drops(port));
    tally.reset();
    meter.start(options.seconds());
    while (!stopped && meter.goesOn()) {
      if (turn() > 0) {
        meter.moved(tally.packets(), tally.bytes());
      }
    }
    meter.total();
  }

  private int turn() {
    int work = engine.doWork();
    if (work == 0 && options.sleeps()) {
      engine.await(AWAIT_NS);
    }
    return work;
  }

  private void warmUp() {
    String command = options.text("warm-up", "");
    if (command.isEmpty()) {
      return;
    }
    try {
      Process process =
          new ProcessBuilder("bash", "-c", command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      while (process.isAlive() && !stopped) {
        int _ = turn();
      }
      long until = System.nanoTime() + SETTLE_NS;
      while (System.nanoTime() - until < 0) {
        int _ = turn();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the warm-up command did not start: " + command, e);
    }
  }

  private static String drops(PacketPort port) {
    return ",\"drops\":\"" + port.counters().drops() + '"';
  }

  private void send() {
    PacketPort port = open((_, datagram) -> tally.add(datagram));
    var sender = new Sender(port, options);
    long warm = System.nanoTime() + SEND_WARM_UP_NS;
    while (System.nanoTime() - warm < 0) {
      sender.fill(System.nanoTime());
      int _ = engine.doWork();
    }
    long before = port.counters().sent();
    long bytesBefore = port.counters().sentBytes();
    var meter = new PeerMeter("tx", out, () -> drops(port));
    meter.start(options.seconds());
    while (!stopped && meter.goesOn()) {
      sender.fill(System.nanoTime());
      if (engine.doWork() > 0) {
        meter.moved(port.counters().sent() - before, port.counters().sentBytes() - bytesBefore);
      }
    }
    meter.total();
  }

  /// Fills a port's room with numbered datagrams, as fast as was asked for.
  private static final class Sender {
    private final PacketPort port;
    private final Endpoint to;
    private final int lengthBytes;
    private final double perNs;
    private final int batch;
    private final long startNs = System.nanoTime();
    private long number;

    Sender(PacketPort port, PeerOptions options) {
      this.port = port;
      to = options.to();
      lengthBytes = options.number("payload", 22);
      perNs = options.number("rate", 0) / 1e9;
      batch = options.number("batch", 64);
    }

    void fill(long nowNs) {
      long due = perNs > 0 ? (long) ((nowNs - startNs) * perNs) - number : batch;
      for (long left = Math.min(due, batch); left > 0; left--) {
        long at = port.reserve(lengthBytes);
        if (at < 0) {
          return;
        }
        MemorySegment segment = port.sendSegment();
        segment.set(Tally.NUMBER, at, number++);
        segment.set(Tally.NUMBER, at + 8, nowNs);
        port.commit(lengthBytes, to.high(), to.low(), to.port());
      }
    }
  }
}
