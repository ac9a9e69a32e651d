package org.vexor.quic.direct;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vexor.quic.quiche.ChannelCalls;
import org.vexor.quic.quiche.QuicheCalls;

/// Gives the packets of established connections to quiche. One for each UDP channel, on its event
/// loop.
public final class PacketIntake {
  /// Connection ids of both Netty's codecs and ours: the longest there are (RFC 9000 §17.2).
  private static final int ID_BYTES = 20;

  /// A short header's first bit is 0 (RFC 9000 §17.3.1).
  private static final int FIRST_BYTES = 1;

  /// Ids that are found without Netty's table, whose keys are objects and whose hash is slow. Ids
  /// are random; of two on one place the last one has it.
  private static final int PLACES = 1 << 10;

  /// The longest datagram that fits a packet.
  private static final int DATAGRAM_BYTES = 64 * 1024;

  private final @Nullable Place[] places = new @Nullable Place[PLACES];
  private final List<DirectConnection> touched = new ArrayList<>();
  private final MemorySegment memory = Arena.ofAuto().allocate(DATAGRAM_BYTES);
  private final ByteBuf datagram = Unpooled.wrappedBuffer(memory.asByteBuffer());

  /// A known id.
  private static final class Place {
    private long start;
    private long middle;
    private int end;
    private Optional<DirectConnection> connection = Optional.empty();

    private boolean is(long startOfId, long middleOfId, int endOfId) {
      return start == startOfId && middle == middleOfId && end == endOfId;
    }
  }

  /// Takes a packet, if it is one of a connection that is known and established.
  ///
  /// @param packet released when it was taken, else the caller's
  /// @param codec Netty's, of the same channel
  /// @return whether it was taken
  public boolean take(DatagramPacket packet, ChannelHandler codec) {
    ByteBuf bytes = packet.content();
    int length = bytes.readableBytes();
    int from = bytes.readerIndex();
    if (length <= FIRST_BYTES + ID_BYTES
        || !bytes.isDirect()
        || bytes.nioBufferCount() != 1
        || bytes.isReadOnly()
        || bytes.getByte(from) < 0) {
      return false;
    }
    Optional<DirectConnection> known = find(bytes, from + FIRST_BYTES, codec);
    if (known.isEmpty() || known.get().address() == -1) {
      return false;
    }
    try {
      receive(known.get(), codec, address(bytes), length, packet);
    } finally {
      boolean _ = packet.release();
    }
    return true;
  }

  private static long address(ByteBuf bytes) {
    int from = bytes.readerIndex();
    return bytes.hasMemoryAddress()
        ? bytes.memoryAddress() + from
        : ChannelCalls.address(bytes.internalNioBuffer(from, bytes.readableBytes()));
  }

  private Optional<DirectConnection> find(ByteBuf bytes, int at, ChannelHandler codec) {
    long start = bytes.getLong(at);
    long middle = bytes.getLong(at + Long.BYTES);
    int end = bytes.getInt(at + 2 * Long.BYTES);
    int index = (int) (start ^ start >>> Integer.SIZE) & (PLACES - 1);
    Place place = places[index];
    if (place != null && place.is(start, middle, end) && place.connection.isPresent()) {
      return place.connection;
    }
    QuicChannel channel = ChannelCalls.byId(codec, bytes.nioBuffer(at, ID_BYTES));
    DirectConnection connection = channel == null ? null : channel.attr(DirectConnection.KEY).get();
    if (connection == null) {
      return Optional.empty();
    }
    if (place == null) {
      place = new Place();
      places[index] = place;
    }
    place.start = start;
    place.middle = middle;
    place.end = end;
    place.connection = Optional.of(connection);
    return place.connection;
  }

  private void receive(
      DirectConnection to, ChannelHandler codec, long address, int length, DatagramPacket packet) {
    if (!to.touched) {
      to.touched = true;
      touched.add(to);
      ChannelCalls.touch(codec, to.channel());
    }
    InetSocketAddress sender = packet.sender();
    ChannelCalls.travelled(to.channel(), to.receiveInfo(), sender, packet.recipient());
    int result = QuicheCalls.receivePacket(to.address(), address, length, to.receiveInfoAddress());
    if (result < 0 && result != QuicheCalls.DONE) {
      failed(to, result);
    }
    if (to.sink().isPresent()) {
      deliver(to, to.sink().get());
    }
  }

  /// As Netty does: quiche has closed the connection already where the peer is to be told.
  private static void failed(DirectConnection connection, int result) {
    var _ = connection.channel().pipeline().fireExceptionCaught(ChannelCalls.exception(result));
    if (ChannelCalls.isFatal(result)) {
      var _ = connection.channel().close();
    }
  }

  /// After each packet: a packet may hold hundreds, and quiche drops what its queue has no room
  /// for.
  private void deliver(DirectConnection from, DatagramSink sink) {
    // The sink may end the connection.
    long address = from.address();
    while (address != -1) {
      int length = QuicheCalls.receiveDatagram(address, memory.address(), DATAGRAM_BYTES);
      if (length < 0) {
        return;
      }
      from.heard = true;
      sink.datagram(datagram.setIndex(0, length));
      address = from.address();
    }
  }

  /// The packets of a turn are taken: lets Netty look at the connections that got some.
  public void turnOver(ChannelHandler codec) {
    for (int i = 0; i < touched.size(); i++) {
      DirectConnection next = touched.get(i);
      if (next.address() != -1) {
        ChannelCalls.process(next.channel(), next.connection());
      }
      if (next.address() != -1 && ChannelCalls.renewIds(codec, next.channel())) {
        forget(next);
      }
      if (next.heard && next.sink().isPresent()) {
        next.heard = false;
        next.sink().get().datagramsRead();
      }
    }
  }

  /// Answers were given to quiche: makes packets of them. Ends the turn.
  public void send(Optional<PacketOutlet> outlet) {
    for (int i = 0; i < touched.size(); i++) {
      DirectConnection next = touched.get(i);
      next.touched = false;
      if (outlet.isPresent()) {
        outlet.get().send(next);
      }
      // What is left, Netty sends when its own turn ends.
      next.sent();
    }
    touched.clear();
  }

  /// Its ids are not known any more: the connection is over, or some of them are.
  public void forget(DirectConnection connection) {
    for (Place place : places) {
      if (place != null && place.connection.filter(connection::equals).isPresent()) {
        place.connection = Optional.empty();
      }
    }
  }
}
