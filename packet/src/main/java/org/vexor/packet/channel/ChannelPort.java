package org.vexor.packet.channel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortException;
import org.vexor.packet.PortSetting;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.FrameDatagram;
import org.vexor.packet.frame.FrameLedger;
import org.vexor.packet.frame.RingPort;
import org.vexor.packet.frame.SendRing;

/// One bound channel of a [ChannelEngine].
final class ChannelPort extends RingPort {
  /// Received in one go before other ports have their turn.
  private static final int RECEIVE_LIMIT = 256;

  private final ChannelEngine engine;
  private final DatagramChannel channel;
  private final Endpoint local;
  private final DatagramHandler handler;
  private final ByteBuffer sendBuffer;
  private final FrameDatagram datagram;

  ChannelPort(
      ChannelEngine engine,
      DatagramChannel channel,
      EngineOptions options,
      DatagramHandler handler,
      TrafficCounters counters)
      throws IOException {
    super(ring(options, counters), counters, options.maxPayloadBytes());
    this.engine = engine;
    this.channel = channel;
    this.local = Endpoint.of(ChannelEngine.localAddress(channel));
    this.handler = handler;
    this.sendBuffer = sendSegment().asByteBuffer();
    this.datagram = new FrameDatagram(engine.frames(), engine.ledger());
  }

  private static SendRing ring(EngineOptions options, TrafficCounters counters) {
    int slotBytes = ChannelEngine.frameBytes(options);
    MemorySegment memory =
        Arena.ofAuto().allocate((long) options.sendFrames() * slotBytes, Long.BYTES);
    return new SendRing(
        memory, options.sendFrames(), slotBytes, 0, options.maxPayloadBytes(), counters);
  }

  @Override
  public Endpoint localEndpoint() {
    return local;
  }

  /// Receives until the channel has no more, or others must have their turn.
  int receive() {
    int received = 0;
    while (isOpen() && received < RECEIVE_LIMIT && receiveOne()) {
      received++;
    }
    return received;
  }

  @Override
  public boolean set(PortSetting setting, int value) {
    SocketOption<Boolean> option = ExtendedSocketOptions.IP_DONTFRAGMENT;
    if (setting != PortSetting.UNFRAGMENTED || !channel.supportedOptions().contains(option)) {
      return false;
    }
    try {
      channel.setOption(option, value != 0);
    } catch (IOException e) {
      throw new PortException(local + " cannot be set not to fragment: " + e.getMessage(), e);
    }
    return true;
  }

  private boolean receiveOne() {
    FrameLedger ledger = engine.ledger();
    int frame = ledger.take();
    if (frame == FrameLedger.NONE) {
      return false;
    }
    try {
      ByteBuffer buffer = engine.frameBuffer(frame).clear();
      InetSocketAddress source = receiveFrom(buffer);
      if (source == null) {
        return false;
      }
      int length = buffer.position();
      if (length > maxPayloadBytes()) {
        counters().dropped(DropReason.RECEIVE_TRUNCATED, 1);
        return true;
      }
      counters().received(length);
      datagram.payload(frame, (long) frame * buffer.capacity(), length, System.nanoTime());
      Endpoint sender = Endpoint.of(source);
      datagram.source(sender.high(), sender.low(), sender.port());
      handler.onDatagram(this, datagram);
      return true;
    } finally {
      ledger.give(frame);
    }
  }

  private @Nullable InetSocketAddress receiveFrom(ByteBuffer buffer) {
    while (true) {
      try {
        SocketAddress source = channel.receive(buffer);
        return (InetSocketAddress) source;
      } catch (PortUnreachableException e) {
        // An ICMP answer to something sent earlier. Reading it cleared it; look for datagrams
        // again.
        buffer.clear();
      } catch (IOException e) {
        throw new PortException("receiving on " + local + " failed: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public int flush() {
    SendRing ring = ring();
    int sent = 0;
    while (ring.size() > 0) {
      int slot = ring.slot(0);
      Outcome outcome = sendOne(slot);
      if (outcome == Outcome.LATER) {
        return sent;
      }
      if (outcome == Outcome.SENT) {
        counters().sent(ring.length(slot));
        sent++;
      }
      ring.pop(1);
    }
    return sent;
  }

  private enum Outcome {
    SENT,
    LATER,
    DROPPED
  }

  private Outcome sendOne(int slot) {
    SendRing ring = ring();
    int length = ring.length(slot);
    int offset = Math.toIntExact(ring.offset(slot));
    sendBuffer.limit(offset + length).position(offset);
    boolean sameFamily = local.isIpv4() == Endpoint.isIpv4(ring.high(slot), ring.low(slot));
    if (!sameFamily || ring.port(slot) == 0) {
      counters().dropped(DropReason.SEND_UNREACHABLE, 1);
      return Outcome.DROPPED;
    }
    var to =
        new InetSocketAddress(Endpoint.address(ring.high(slot), ring.low(slot)), ring.port(slot));
    try {
      int taken = channel.send(sendBuffer, to);
      return taken == 0 && length > 0 ? Outcome.LATER : Outcome.SENT;
    } catch (IOException e) {
      counters().dropped(reason(e), 1);
      return Outcome.DROPPED;
    }
  }

  private static DropReason reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("too long")) {
      return DropReason.SEND_TOO_LARGE;
    }
    return message.contains("unreachable") || message.contains("No route")
        ? DropReason.SEND_UNREACHABLE
        : DropReason.SEND_REFUSED;
  }

  @Override
  protected void release() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new PortException("closing port " + local + " failed: " + e.getMessage(), e);
    } finally {
      engine.closed(this);
    }
  }
}
