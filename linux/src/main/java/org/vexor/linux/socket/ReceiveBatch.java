package org.vexor.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.vexor.linux.Syscall;

/// Receives up to `capacity` datagrams by one recvmmsg(2).
///
/// Message `i` of the last [#receive] lies in [#payload()] at [#offset], [#length] bytes long, in
/// the place that [#point] gave it, until the next call into that place. One thread at a time;
/// lives as long as its arena; allocates nothing per call.
public final class ReceiveBatch {
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_ERRQUEUE = 0x2000;

  /// SO_EE_ORIGIN_ICMP and SO_EE_ORIGIN_ICMP6 of linux/errqueue.h.
  private static final int ORIGIN_ICMP = 2;

  private static final int ORIGIN_ICMP6 = 3;

  /// struct sock_extended_err: errno 4, origin 1, type 1, code 1, pad 1, info 4, data 4.
  private static final int EXTENDED_ERROR_BYTES = 16;

  private static final int EXTENDED_ERROR_ORIGIN = 4;

  /// Room for UDP_GRO (24), SO_RXQ_OVFL (24), packet info of either family (32 + 40); or for an
  /// extended error with the address of who reported it (16 + 16 + 28).
  private static final int CONTROL_BYTES = 128;

  private final MessageTable table;
  private final MemorySegment payload;
  private final int messageBytes;
  private final long[] offsets;
  private int used;

  /// With memory of its own, one place after another.
  ///
  /// @param capacity 1..1024 messages
  /// @param messageBytes the room of each; with UDP_GRO 65536, else the MTU at least
  public ReceiveBatch(Arena arena, int capacity, int messageBytes) {
    this(arena, capacity, arena.allocate((long) capacity * messageBytes, 64), messageBytes);
    for (int i = 0; i < capacity; i++) {
      point(i, (long) i * messageBytes);
    }
  }

  /// With the caller's memory; each message that is to be received is pointed into it first.
  ///
  /// @param arena of the kernel structures
  /// @param capacity 1..1024 messages
  /// @param payload native memory that lives as long as the batch is used
  /// @param messageBytes the room of each message
  public ReceiveBatch(Arena arena, int capacity, MemorySegment payload, int messageBytes) {
    table = new MessageTable(arena, capacity, CONTROL_BYTES);
    this.messageBytes = messageBytes;
    this.payload = payload;
    offsets = new long[capacity];
    for (int i = 0; i < capacity; i++) {
      table.vectors.set(JAVA_LONG, MessageTable.vector(i) + 8, messageBytes);
    }
    used = capacity;
  }

  /// Says where in [#payload()] message `i` of the next [#receive] goes.
  public void point(int i, long offset) {
    Objects.checkFromIndexSize(offset, (long) messageBytes, payload.byteSize());
    offsets[i] = offset;
    table.vectors.set(JAVA_LONG, MessageTable.vector(i), payload.address() + offset);
  }

  /// Receives what is there without waiting; the former messages are gone.
  ///
  /// @return how many messages, or `-errno`: `-EAGAIN` when there are none
  public int receive(int socket) {
    return receive(socket, table.capacity);
  }

  /// Receives up to `count` messages without waiting; the former messages are gone.
  ///
  /// @return how many messages, or `-errno`: `-EAGAIN` when there are none
  public int receive(int socket, int count) {
    return receive(socket, count, MSG_DONTWAIT);
  }

  /// Receives, without waiting, what the socket noted since it has IP_RECVERR or IPV6_RECVERR: each
  /// message is the beginning of a datagram that was sent from it and came to nothing, and its
  /// source is where that was sent to. [#reportedByHost] says why.
  ///
  /// @return how many messages, or `-errno`: `-EAGAIN` when there are none
  public int receiveErrors(int socket) {
    return receive(socket, table.capacity, MSG_DONTWAIT | MSG_ERRQUEUE);
  }

  private int receive(int socket, int count, int messageFlags) {
    Objects.checkFromIndexSize(0, count, table.capacity);
    for (int i = 0; i < used; i++) {
      long header = MessageTable.header(i);
      table.headers.set(JAVA_INT, header + MessageTable.NAME_LENGTH, SocketAddress.MAX_BYTES);
      table.headers.set(JAVA_LONG, header + MessageTable.CONTROL_LENGTH, CONTROL_BYTES);
    }
    int result =
        (int) Syscall.RECVMMSG.call(socket, table.headers.address(), count, messageFlags, 0);
    // The kernel writes only the headers of messages it gave, and of the one it failed on.
    used = result < 0 ? 1 : Math.min(result + 1, table.capacity);
    return result;
  }

  public int capacity() {
    return table.capacity;
  }

  /// The memory of all messages.
  public MemorySegment payload() {
    return payload;
  }

  /// Where message `i` begins in [#payload()].
  public long offset(int i) {
    return offsets[i];
  }

  /// The bytes of message `i`, never more than its room.
  public int length(int i) {
    int given = table.headers.get(JAVA_INT, MessageTable.header(i) + MessageTable.LENGTH);
    return Math.clamp(given, 0, messageBytes);
  }

  /// Whether message `i` was longer than its room.
  public boolean truncated(int i) {
    return (table.headers.get(JAVA_INT, MessageTable.header(i) + MessageTable.FLAGS) & MSG_TRUNC)
        != 0;
  }

  /// The upper half of the source address of message `i`.
  public long sourceHigh(int i) {
    return SocketAddress.high(table.names, MessageTable.name(checked(i)));
  }

  /// The lower half of the source address of message `i`.
  public long sourceLow(int i) {
    return SocketAddress.low(table.names, MessageTable.name(checked(i)));
  }

  /// The source port of message `i`.
  public int sourcePort(int i) {
    return SocketAddress.port(table.names, MessageTable.name(checked(i)));
  }

  /// The size of the datagrams that UDP_GRO joined in message `i` (the last may be shorter), or 0
  /// when it is a single one.
  public int segmentBytes(int i) {
    long at = table.findControl(i, SocketOption.UDP_GRO, 4);
    return at < 0 ? 0 : Math.max(0, table.controls.get(JAVA_INT, at));
  }

  /// The socket's count of datagrams dropped for want of buffer when message `i` was queued
  /// (SO_RXQ_OVFL; an unsigned 32-bit counter), or -1 when the message does not carry it.
  public long dropped(int i) {
    long at = table.findControl(i, SocketOption.SO_RXQ_OVFL, 4);
    return at < 0 ? -1 : Integer.toUnsignedLong(table.controls.get(JAVA_INT, at));
  }

  /// Which errno an ICMP message means that message `i` of [#receiveErrors] is about, as
  /// ECONNREFUSED for a closed port; 0 when no ICMP message reported it.
  public int reportedByHost(int i) {
    long at = table.findControl(i, SocketOption.IP_RECVERR, EXTENDED_ERROR_BYTES);
    if (at < 0) {
      at = table.findControl(i, SocketOption.IPV6_RECVERR, EXTENDED_ERROR_BYTES);
    }
    if (at < 0) {
      return 0;
    }
    int origin = table.controls.get(JAVA_BYTE, at + EXTENDED_ERROR_ORIGIN);
    boolean icmp = origin == ORIGIN_ICMP || origin == ORIGIN_ICMP6;
    return icmp ? table.controls.get(JAVA_INT, at) : 0;
  }

  private int checked(int i) {
    return Objects.checkIndex(i, table.capacity);
  }
}
