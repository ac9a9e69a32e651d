package org.vexor.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.EmptyByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.util.Optional;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;

/// Takes a channel's flushed messages and commits them to its port. Loop thread only.
final class DatagramWriter {
  /// How a [#write] ended.
  enum Outcome {
    /// Nothing flushed is left.
    DONE,
    /// The port is full; what is left waits for room.
    FULL,
    /// As many messages as one go may take were taken; there are more.
    LIMIT
  }

  private final PacketDatagramChannel channel;
  private Optional<Endpoint> peer = Optional.empty();

  private final SendRoom room = new SendRoom();

  /// Of the message in hand, bytes that earlier segments took.
  private int done;

  DatagramWriter(PacketDatagramChannel channel) {
    this.channel = channel;
  }

  /// Where messages without an address go.
  void peer(Optional<Endpoint> to) {
    peer = to;
  }

  /// Commits flushed messages, failing the promise of each that cannot be sent.
  ///
  /// @param limit how many messages at most
  /// @param earlier fails the first message
  Outcome write(ChannelOutboundBuffer in, int limit, Optional<? extends IOException> earlier) {
    Optional<? extends IOException> refusal = earlier;
    for (int taken = 0; taken < limit; taken++) {
      Object message = in.current();
      if (message == null) {
        return Outcome.DONE;
      }
      try {
        if (refusal.isPresent()) {
          throw refusal.get();
        }
        if (!commit(message)) {
          return Outcome.FULL;
        }
        boolean _ = in.remove();
      } catch (IOException | RuntimeException e) {
        // The fault of this message alone, which may have a peer of its own: others go on.
        boolean _ = in.remove(e);
      }
      done = 0;
      refusal = Optional.empty();
    }
    return in.isEmpty() ? Outcome.DONE : Outcome.LIMIT;
  }

  private boolean commit(Object message) throws IOException {
    if (message instanceof AddressedEnvelope<?, ?> envelope) {
      // PacketDatagramChannel lets no others in.
      var content = (ByteBuf) envelope.content();
      var recipient = (InetSocketAddress) envelope.recipient();
      Endpoint to = recipient == null ? peer() : channel.loop().peers().endpoint(recipient);
      int segmentBytes =
          envelope instanceof SegmentedDatagramPacket segmented
              ? segmented.segmentSize()
              : Integer.MAX_VALUE;
      return commit(content, segmentBytes, to);
    }
    // What Netty puts in the place of a cancelled write, and no datagram.
    return message instanceof EmptyByteBuf || commit((ByteBuf) message, Integer.MAX_VALUE, peer());
  }

  private Endpoint peer() {
    return peer.orElseThrow(NotYetConnectedException::new);
  }

  private boolean commit(ByteBuf content, int segmentBytes, Endpoint to) throws IOException {
    PacketPort port = channel.portTo(to);
    if (port.localEndpoint().isIpv4() != to.isIpv4() || to.port() == 0) {
      throw new SocketException(
          "port "
              + port.localEndpoint()
              + " cannot send to "
              + to
              + ": it takes a port number and an address of the same family");
    }
    int length = content.readableBytes();
    do {
      int bytes = Math.min(segmentBytes, length - done);
      long offset = reserve(port, bytes);
      if (offset == PacketPort.FULL) {
        return false;
      }
      check(offset, bytes, port);
      copy(content, content.readerIndex() + done, port, offset, bytes);
      port.commit(bytes, to.high(), to.low(), to.port());
      done += bytes;
    } while (done < length);
    return true;
  }

  private static long reserve(PacketPort port, int bytes) {
    long offset = port.reserve(bytes);
    return offset == PacketPort.FULL && port.flush() > 0 ? port.reserve(bytes) : offset;
  }

  private static void check(long offset, int bytes, PacketPort port) throws IOException {
    if (offset == PacketPort.TOO_LARGE) {
      throw new IOException(
          "datagram of "
              + bytes
              + " bytes is longer than the "
              + port.maxPayloadBytes()
              + " that port "
              + port.localEndpoint()
              + " takes; write less, or open the engine with a larger maxPayloadBytes");
    }
    if (offset < 0) {
      throw new ClosedChannelException();
    }
  }

  private void copy(ByteBuf content, int index, PacketPort port, long offset, int bytes) {
    room.cover(port.sendSegment(), offset, bytes);
    try {
      content.getBytes(index, room, 0, bytes);
    } catch (RuntimeException e) {
      port.cancel();
      throw e;
    }
  }
}
