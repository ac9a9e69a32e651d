package org.vexor.masque.http;

import io.netty.buffer.ByteBuf;
import org.vexor.masque.capsule.CapsuleParser;
import org.vexor.masque.capsule.CapsuleReceiver;
import org.vexor.masque.capsule.CapsuleType;
import org.vexor.masque.capsule.CapsuleWriter;
import org.vexor.masque.capsule.Varint;
import org.vexor.masque.datagram.DatagramHeader;
import org.vexor.masque.datagram.DatagramReceiver;

/// UDP payloads on a request that was granted (RFC 9298 §5): by QUIC DATAGRAM where both sides have
/// them, by DATAGRAM capsule otherwise; both are understood. Either side's; on the stream's event
/// loop only.
public final class UdpFlow implements StreamListener, DatagramReceiver {
  /// The largest UDP payload there can be: 65535 less 8 bytes of header.
  public static final int MAX_UDP_PAYLOAD_BYTES = 65_527;

  private static final int CONTEXT_BYTES = 1;

  private final RequestStream stream;
  private final UdpFlowHandler handler;
  private final FlowCounters counters;
  private final CapsuleParser capsules;
  private boolean refusedForRoom;
  private boolean payloadsUnread;
  private boolean over;

  /// What became of a payload.
  public enum Sent {
    /// It is on its way, or waits for its turn.
    QUEUED,
    /// Dropped, as [FlowDrop#SEND_TOO_LARGE].
    TOO_LARGE,
    /// Dropped, as [FlowDrop#SEND_QUEUE_FULL].
    QUEUE_FULL,
    /// Dropped, as [FlowDrop#SEND_CLOSED].
    CLOSED
  }

  /// @param counters written on the stream's event loop
  public UdpFlow(RequestStream stream, UdpFlowHandler handler, FlowCounters counters) {
    this.stream = stream;
    this.handler = handler;
    this.counters = counters;
    this.capsules =
        new CapsuleParser(
            stream.allocator(), new Capsules(), Varint.MAX_BYTES + MAX_UDP_PAYLOAD_BYTES);
  }

  /// Begins to take datagrams; those that came early are handed over from within.
  public void open() {
    stream.acceptDatagrams(this);
  }

  /// Sends one payload.
  ///
  /// @param payload read to its end, and stays the caller's
  public Sent send(ByteBuf payload) {
    int length = payload.readableBytes();
    if (over) {
      return drop(payload, FlowDrop.SEND_CLOSED, Sent.CLOSED);
    }
    if (length > maxPayloadBytes() && !stream.holdsDatagram(CONTEXT_BYTES + length)) {
      return drop(payload, FlowDrop.SEND_TOO_LARGE, Sent.TOO_LARGE);
    }
    boolean datagram = stream.hasDatagrams();
    boolean queued =
        datagram
            ? stream.sendDatagram(DatagramHeader.UDP_PAYLOAD, payload)
            : sendCapsule(payload, length);
    if (!queued) {
      refusedForRoom = true;
      return drop(payload, FlowDrop.SEND_QUEUE_FULL, Sent.QUEUE_FULL);
    }
    counters.sent(length, !datagram);
    return Sent.QUEUED;
  }

  private Sent drop(ByteBuf payload, FlowDrop reason, Sent outcome) {
    payload.skipBytes(payload.readableBytes());
    counters.dropped(reason);
    return outcome;
  }

  private boolean sendCapsule(ByteBuf payload, int length) {
    if (!stream.isWritable()) {
      return false;
    }
    int valueBytes = CONTEXT_BYTES + length;
    int headerBytes = CapsuleWriter.headerBytes(CapsuleType.DATAGRAM, valueBytes);
    ByteBuf capsule = stream.allocator().directBuffer(headerBytes + valueBytes);
    CapsuleWriter.writeHeader(capsule, CapsuleType.DATAGRAM, valueBytes);
    Varint.write(capsule, DatagramHeader.UDP_PAYLOAD);
    capsule.writeBytes(payload);
    stream.write(capsule);
    return true;
  }

  /// Sends what was queued; once a batch.
  public void flush() {
    stream.flush();
  }

  /// The largest payload that can be sent now; it changes with the path.
  public int maxPayloadBytes() {
    return stream.hasDatagrams()
        ? Math.max(0, stream.maxDatagramBytes() - CONTEXT_BYTES)
        : MAX_UDP_PAYLOAD_BYTES;
  }

  /// Whether payloads go by QUIC DATAGRAM now.
  public boolean usesDatagrams() {
    return stream.hasDatagrams();
  }

  public boolean isOpen() {
    return !over;
  }

  public FlowCounters counters() {
    return counters;
  }

  public RequestStream stream() {
    return stream;
  }

  /// Ends the tunnel in good order.
  public void close() {
    if (!over) {
      stream.finish();
      end(new FlowEnd(FlowEnd.Kind.LOCAL, 0, ""));
    }
  }

  /// Ends the tunnel for a reason that the other side is told.
  public void abort(StreamError error, String text) {
    if (!over) {
      stream.abort(error);
      end(new FlowEnd(FlowEnd.Kind.LOCAL, 0, text));
    }
  }

  private void malformed(StreamError error, String text) {
    if (!over) {
      stream.abort(error);
      end(new FlowEnd(FlowEnd.Kind.MALFORMED, 0, text));
    }
  }

  private void end(FlowEnd how) {
    if (!over) {
      over = true;
      capsules.close();
      handler.ended(how);
    }
  }

  @Override
  public void data(ByteBuf bytes) {
    if (!over && !capsules.parse(bytes)) {
      malformed(StreamError.MESSAGE, "a malformed capsule");
    }
  }

  @Override
  public void dataRead() {
    if (payloadsUnread) {
      payloadsUnread = false;
      handler.payloadsRead();
    }
  }

  @Override
  public void datagram(ByteBuf httpDatagram) {
    if (!over) {
      receive(httpDatagram);
    }
  }

  @Override
  public void datagramsRead() {
    dataRead();
  }

  private void receive(ByteBuf httpDatagram) {
    long context = Varint.read(httpDatagram);
    if (context == Varint.INCOMPLETE) {
      counters.dropped(FlowDrop.RECEIVE_MALFORMED);
    } else if (context != DatagramHeader.UDP_PAYLOAD) {
      counters.dropped(FlowDrop.RECEIVE_UNKNOWN_CONTEXT);
    } else if (httpDatagram.readableBytes() > MAX_UDP_PAYLOAD_BYTES) {
      malformed(StreamError.MESSAGE, "a UDP payload of more than 65527 bytes");
    } else {
      counters.received(httpDatagram.readableBytes());
      payloadsUnread = true;
      handler.payload(httpDatagram);
    }
  }

  @Override
  public void finished() {
    if (over) {
      return;
    }
    dataRead();
    if (capsules.finish()) {
      stream.finish();
      end(new FlowEnd(FlowEnd.Kind.FINISHED, 0, ""));
    } else {
      malformed(StreamError.MESSAGE, "the stream ended within a capsule");
    }
  }

  @Override
  public void aborted(long code) {
    if (!over) {
      stream.abort(StreamError.CANCELLED);
      end(new FlowEnd(FlowEnd.Kind.ABORTED, code, ""));
    }
  }

  @Override
  public void writable() {
    if (refusedForRoom && !over) {
      refusedForRoom = false;
      handler.writable();
    }
  }

  @Override
  public void maxDatagramChanged() {
    if (!over) {
      handler.maxPayloadChanged();
    }
  }

  @Override
  public void closed() {
    end(new FlowEnd(FlowEnd.Kind.CONNECTION_LOST, 0, ""));
  }

  private final class Capsules implements CapsuleReceiver {
    @Override
    public boolean wants(long type, long lengthBytes) {
      return type == CapsuleType.DATAGRAM;
    }

    @Override
    public boolean capsule(long type, ByteBuf value) {
      receive(value);
      return !over;
    }

    @Override
    public void skipped(long type, long lengthBytes, boolean tooLong) {
      // Longer than any UDP payload, which is an error of its own (RFC 9298 §5).
      if (tooLong) {
        malformed(StreamError.MESSAGE, "a DATAGRAM capsule of " + lengthBytes + " bytes");
      }
    }
  }
}
