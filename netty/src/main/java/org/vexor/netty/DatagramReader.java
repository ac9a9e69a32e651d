package org.vexor.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.UncheckedBooleanSupplier;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;

/// Brings a port's datagrams into a channel's pipeline, in the steps that Netty's users know: so
/// many `channelRead`, one `channelReadComplete`, and nothing without `read()` when auto-read is
/// off. Loop thread only, but for the counts.
final class DatagramReader implements DatagramHandler {
  /// Datagrams that wait for `read()` when auto-read is off; those beyond are dropped. A quarter of
  /// an engine's frames by default, so that other channels of the loop go on.
  static final int PARKED = 1024;

  private final PacketDatagramChannel channel;
  private final ArrayDeque<DatagramPacket> parked = new ArrayDeque<>();
  private final Runnable drain = this::drain;
  private InetSocketAddress local = new InetSocketAddress(0);
  private Optional<Endpoint> peer = Optional.empty();
  private boolean inTurn;
  private boolean readPending;
  private boolean drainScheduled;
  private boolean peerRefused;
  private volatile long droppedFromOthers;
  private volatile long droppedUnread;

  DatagramReader(PacketDatagramChannel channel) {
    this.channel = channel;
  }

  /// What received messages name as their recipient.
  void local(InetSocketAddress address) {
    local = address;
  }

  /// From now on only this peer's datagrams are delivered; everybody's when empty.
  void peer(Optional<Endpoint> only) {
    peer = only;
  }

  /// Datagrams dropped since they came from others than the peer that the channel is connected to.
  /// Any thread.
  long droppedFromOthers() {
    return droppedFromOthers;
  }

  /// Datagrams dropped since nobody called `read()` for long. Any thread.
  long droppedUnread() {
    return droppedUnread;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // The loop thread alone writes.
  public void onDatagram(PacketPort port, Datagram datagram) {
    if (peer.isPresent() && !isFrom(peer.get(), datagram)) {
      droppedFromOthers++;
      return;
    }
    if (!parked.isEmpty()) {
      drain();
    }
    if (parked.isEmpty() && reading()) {
      deliver(message(datagram));
    } else if (parked.size() < PARKED) {
      parked.add(message(datagram));
    } else {
      droppedUnread++;
    }
  }

  /// As with a socket of the system, the error shows at the next read or the next write, whichever
  /// comes first.
  @Override
  public void onPeerRefused(PacketPort port) {
    if (reading()) {
      channel.pipeline().fireExceptionCaught(refusal());
    } else {
      peerRefused = true;
    }
  }

  @Override
  public void onUndelivered(PacketPort port, Endpoint to, ByteBuffer quoted) {
    var copy = ByteBuffer.allocate(quoted.remaining()).put(quoted).flip().asReadOnlyBuffer();
    channel.pipeline().fireUserEventTriggered(new UndeliveredDatagram(to.toSocketAddress(), copy));
  }

  /// The exception that a write must fail with since an earlier one was refused.
  Optional<PortUnreachableException> takeRefusal() {
    if (!peerRefused) {
      return Optional.empty();
    }
    peerRefused = false;
    return Optional.of(refusal());
  }

  private PortUnreachableException refusal() {
    return new PortUnreachableException(
        "no port is open at "
            + peer.map(Endpoint::toString).orElse("the peer")
            + ", as its host answered to an earlier datagram");
  }

  private static boolean isFrom(Endpoint peer, Datagram datagram) {
    return peer.low() == datagram.sourceLow()
        && peer.port() == datagram.sourcePort()
        && peer.high() == datagram.sourceHigh();
  }

  private DatagramPacket message(Datagram datagram) {
    PacketLoop loop = channel.loop();
    InetSocketAddress sender =
        loop.peers().address(datagram.sourceHigh(), datagram.sourceLow(), datagram.sourcePort());
    long frame = datagram.retain();
    if (frame != Datagram.NOT_RETAINED) {
      return loop.frames().borrow(datagram, frame, local, sender);
    }
    ByteBuf copy = channel.alloc().directBuffer(datagram.length());
    copy.writeBytes(
        datagram.segment().asSlice(datagram.offset(), datagram.length()).asByteBuffer());
    return new DatagramPacket(copy, local, sender);
  }

  /// `read()` was called.
  void beginRead() {
    readPending = true;
    if (!parked.isEmpty() && !drainScheduled) {
      drainScheduled = true;
      channel.eventLoop().execute(drain);
    }
  }

  /// Auto-read was switched off.
  void stopReading() {
    readPending = false;
  }

  private void drain() {
    drainScheduled = false;
    while (!parked.isEmpty() && reading()) {
      deliver(parked.remove());
    }
    turnOver();
  }

  private boolean reading() {
    return inTurn || readPending || channel.config().isAutoRead();
  }

  private void deliver(DatagramPacket message) {
    ExtendedHandle handle = handle();
    if (!inTurn) {
      inTurn = true;
      handle.reset(channel.config());
      channel.registration().onTurnOver();
    }
    readPending = false;
    int length = message.content().readableBytes();
    handle.incMessagesRead(1);
    handle.attemptedBytesRead(length);
    handle.lastBytesRead(length);
    channel.pipeline().fireChannelRead(message);
    // The options end a turn after so many messages, and after each when auto-read is off.
    if (inTurn && !handle.continueReading(UncheckedBooleanSupplier.TRUE_SUPPLIER)) {
      turnOver();
    }
  }

  /// Netty's own count of what a turn delivers; every allocator of Netty's gives this kind.
  private ExtendedHandle handle() {
    return (ExtendedHandle) channel.unsafe().recvBufAllocHandle();
  }

  /// Ends a turn that began.
  void turnOver() {
    if (inTurn) {
      inTurn = false;
      handle().readComplete();
      channel.pipeline().fireChannelReadComplete();
    }
  }

  /// Gives back what waits.
  void close() {
    while (!parked.isEmpty()) {
      boolean _ = parked.remove().release();
    }
  }
}
