package org.vexor.packet.channel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.FrameLedger;

/// A set of `DatagramChannel`s driven by one thread.
///
/// Received datagrams are lent from a pool of native frames, as every engine lends them; `await`
/// sleeps in a selector.
public final class ChannelEngine implements PacketEngine {
  /// The mode in its report.
  public static final String MODE = "DatagramChannel";

  private final EngineOptions options;
  private final List<BackendReport.Attempt> before;
  private final Selector selector;
  private final Instant since;
  private final FrameLedger ledger;
  private final MemorySegment frames;
  private final ByteBuffer[] frameBuffers;
  private final List<ChannelPort> ports = new CopyOnWriteArrayList<>();
  private final TrafficCounters counters = new TrafficCounters();
  private volatile boolean closed;

  /// @throws PortException when the system gives no selector (too many open files)
  ///
  /// @param before attempts to open something better, for the report
  public ChannelEngine(EngineOptions options, Clock clock, List<BackendReport.Attempt> before) {
    this.options = options;
    this.before = List.copyOf(before);
    this.since = clock.instant();
    this.ledger =
        new FrameLedger(options.receiveFrames(), Math.max(1, options.receiveFrames() / 8));
    int frameBytes = frameBytes(options);
    // Collected when nobody refers to it any more, so a retained frame outlives the engine.
    this.frames = Arena.ofAuto().allocate((long) options.receiveFrames() * frameBytes, Long.BYTES);
    this.frameBuffers = new ByteBuffer[options.receiveFrames()];
    for (int frame = 0; frame < frameBuffers.length; frame++) {
      frameBuffers[frame] = frames.asSlice((long) frame * frameBytes, frameBytes).asByteBuffer();
    }
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new PortException(
          "no selector: " + e.getMessage() + "; raise the limit of open files (ulimit -n)", e);
    }
  }

  public ChannelEngine(EngineOptions options) {
    this(options, Clock.systemUTC(), List.of());
  }

  /// One byte more than the largest payload tells a datagram that was cut from one that fits.
  static int frameBytes(EngineOptions options) {
    return (options.maxPayloadBytes() + 1 + 7) & ~7;
  }

  @Override
  public PacketPort open(PortOptions portOptions, DatagramHandler handler) {
    if (closed) {
      throw new PortException("port " + portOptions.bind() + " not opened: the engine is closed");
    }
    DatagramChannel channel = bind(portOptions);
    try {
      channel.register(selector, SelectionKey.OP_READ);
      var port = new ChannelPort(this, channel, options, handler, new TrafficCounters(counters));
      ports.add(port);
      return port;
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new PortException("port " + portOptions.bind() + " not opened: " + e.getMessage(), e);
    }
  }

  private static DatagramChannel bind(PortOptions portOptions) {
    DatagramChannel channel = null;
    try {
      channel =
          DatagramChannel.open(
              portOptions.bind().isIpv4()
                  ? StandardProtocolFamily.INET
                  : StandardProtocolFamily.INET6);
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, portOptions.receiveBufferBytes());
      channel.setOption(StandardSocketOptions.SO_SNDBUF, portOptions.sendBufferBytes());
      if (portOptions.reusePort()) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      if (portOptions.reuseAddress()) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      }
      return channel.bind(portOptions.bind().toSocketAddress());
    } catch (IOException | UnsupportedOperationException e) {
      if (channel != null) {
        closeQuietly(channel, e);
      }
      throw new PortException(
          "UDP port "
              + portOptions.bind()
              + " cannot be bound: "
              + e.getMessage()
              + "; choose another port, or end the program that has it (ss -ulpn)",
          e);
    }
  }

  @Override
  public int doWork() {
    ledger.reclaim();
    int work = 0;
    for (ChannelPort port : ports) {
      work += port.receive();
    }
    for (ChannelPort port : ports) {
      work += port.flush();
    }
    return work;
  }

  @Override
  public void await(long timeoutNs) {
    if (closed) {
      return;
    }
    try {
      long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNs);
      if (millis > 0) {
        selector.select(millis);
      } else {
        selector.selectNow();
      }
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new PortException("waiting for datagrams failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public void release(long frame) {
    ledger.release(Math.toIntExact(frame));
  }

  @Override
  public BackendReport report() {
    var attempts = new ArrayList<>(before);
    attempts.add(BackendReport.Attempt.inUse(Backend.UDP));
    return new BackendReport(Backend.UDP, MODE, since, attempts);
  }

  @Override
  public List<PacketPort> ports() {
    return List.copyOf(ports);
  }

  @Override
  public TrafficCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    ports.forEach(ChannelPort::close);
    try {
      selector.close();
    } catch (IOException e) {
      throw new PortException("closing the selector failed: " + e.getMessage(), e);
    }
  }

  FrameLedger ledger() {
    return ledger;
  }

  MemorySegment frames() {
    return frames;
  }

  ByteBuffer frameBuffer(int frame) {
    return frameBuffers[frame];
  }

  void closed(ChannelPort port) {
    ports.remove(port);
    try {
      // The key of a closed channel keeps the number bound until the selector drops it.
      if (selector.isOpen()) {
        selector.selectNow();
      }
    } catch (IOException e) {
      throw new PortException(
          "closing port " + port.localEndpoint() + " failed: " + e.getMessage(), e);
    }
  }

  private static void closeQuietly(DatagramChannel channel, Exception because) {
    try {
      channel.close();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  static InetSocketAddress localAddress(DatagramChannel channel) throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }
}
