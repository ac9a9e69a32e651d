package org.vexor.masque.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import org.vexor.masque.datagram.DatagramReceiver;

/// One side's view of a request, after its headers were sent. On the stream's event loop only.
public interface RequestStream {
  HttpVersion version();

  EventLoop eventLoop();

  ByteBufAllocator allocator();

  /// Queues bytes of the body.
  ///
  /// @param bytes taken over
  void write(ByteBuf bytes);

  /// Sends what was queued.
  void flush();

  /// Whether what is written now would go out soon.
  boolean isWritable();

  /// Stops reading, so that the peer's flow control window runs out; or goes on.
  void setReading(boolean reading);

  /// Sends what was queued and says that nothing more comes.
  void finish();

  /// Gives the stream up in both directions. Nothing when it is over.
  void abort(StreamError error);

  boolean isOpen();

  /// Whether QUIC DATAGRAMs go with this stream: both sides said so, in SETTINGS and in QUIC. Can
  /// change from no to yes while the peer's SETTINGS are under way.
  default boolean hasDatagrams() {
    return false;
  }

  /// The largest HTTP datagram, context id included, that fits a packet now; 0 without datagrams.
  default int maxDatagramBytes() {
    return 0;
  }

  /// Whether one of so many bytes is taken though it is above [#maxDatagramBytes]: while the path
  /// is being found out it is kept for a moment, and goes out if it turns out to fit. On the event
  /// loop; false elsewhere.
  default boolean holdsDatagram(int bytes) {
    return false;
  }

  /// From now on datagrams reach `receiver`, first those that came early, from within.
  default void acceptDatagrams(DatagramReceiver receiver) {}

  /// This request takes no datagrams: one that comes aborts it.
  default void refuseDatagrams() {}

  /// Sends an HTTP datagram once, or never. Needs no flush: datagrams go out when the event loop
  /// has done what it is at. Only where there are datagrams.
  ///
  /// @param payload what follows the context id; read to its end when it was queued, and stays the
  ///   caller's
  /// @return whether it was queued; if not, the queue is full, or it is too large
  default boolean sendDatagram(long contextId, ByteBuf payload) {
    return false;
  }
}
