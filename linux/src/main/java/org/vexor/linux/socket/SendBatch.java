package org.vexor.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.vexor.linux.Syscall;

/// Sends up to `capacity` datagrams by one sendmmsg(2).
///
/// Each message is set by [#set], or by [#payload] and [#message] when several datagrams are joined
/// into one message for the kernel to cut again (UDP_SEGMENT), with payload in native memory that
/// stays alive and unchanged until [#send] returned. One thread at a time; lives as long as its
/// arena; allocates nothing per call.
public final class SendBatch {
  private static final int MSG_DONTWAIT = 0x40;

  /// One UDP_SEGMENT message: header 16, u16 padded to 8.
  private static final int CONTROL_BYTES = 24;

  private final MessageTable table;
  private final AddressFamily family;

  /// @param capacity 1..1024 messages
  /// @param family that of the socket
  public SendBatch(Arena arena, int capacity, AddressFamily family) {
    table = new MessageTable(arena, capacity, CONTROL_BYTES);
    this.family = family;
    for (int i = 0; i < capacity; i++) {
      long control = table.control(i);
      table.controls.set(JAVA_LONG, control, MessageTable.CMSG_HEADER_BYTES + 2L);
      table.controls.set(JAVA_INT, control + 8, SocketOption.UDP_SEGMENT.level());
      table.controls.set(JAVA_INT, control + 12, SocketOption.UDP_SEGMENT.number());
    }
  }

  public int capacity() {
    return table.capacity;
  }

  /// Sets message `i`.
  ///
  /// @return false when the socket's family cannot name the address; the message is then unset
  public boolean set(
      int i, MemorySegment payload, long offset, int length, long high, long low, int port) {
    payload(i, payload, offset, length);
    return message(i, i, 1, high, low, port);
  }

  /// Sets message `i` to payloads `first` to `first + payloads - 1`, set by [#payload], one after
  /// another.
  ///
  /// @return false when the socket's family cannot name the address; the message is then unset
  public boolean message(int i, int first, int payloads, long high, long low, int port) {
    setPayloads(i, first, payloads);
    long header = MessageTable.header(i);
    int nameBytes = SocketAddress.write(table.names, MessageTable.name(i), family, high, low, port);
    table.headers.set(JAVA_LONG, header, table.names.address() + MessageTable.name(i));
    table.headers.set(JAVA_INT, header + MessageTable.NAME_LENGTH, Math.max(nameBytes, 0));
    return nameBytes > 0;
  }

  /// Sets message `i` of a connected socket.
  public void setConnected(int i, MemorySegment payload, long offset, int length) {
    payload(i, payload, offset, length);
    messageConnected(i, i, 1);
  }

  /// As [#message], for a connected socket.
  public void messageConnected(int i, int first, int payloads) {
    setPayloads(i, first, payloads);
    long header = MessageTable.header(i);
    table.headers.set(JAVA_LONG, header, 0);
    table.headers.set(JAVA_INT, header + MessageTable.NAME_LENGTH, 0);
  }

  /// Sets payload `i`, of as many as there are messages at most.
  public void payload(int i, MemorySegment payload, long offset, int length) {
    Objects.checkFromIndexSize(offset, (long) length, payload.byteSize());
    long vector = MessageTable.vector(i);
    table.vectors.set(JAVA_LONG, vector, payload.address() + offset);
    table.vectors.set(JAVA_LONG, vector + 8, length);
  }

  private void setPayloads(int i, int first, int payloads) {
    Objects.checkFromIndexSize(first, payloads, table.capacity);
    long header = MessageTable.header(i);
    table.headers.set(
        JAVA_LONG,
        header + MessageTable.VECTORS,
        table.vectors.address() + MessageTable.vector(first));
    table.headers.set(JAVA_LONG, header + MessageTable.VECTOR_COUNT, payloads);
    table.headers.set(JAVA_LONG, header + MessageTable.CONTROL_LENGTH, 0);
  }

  /// Lets the kernel cut message `i`, set before, into datagrams of `segmentBytes` (the last may be
  /// shorter); up to 64 of them and 65507 bytes.
  public void segment(int i, int segmentBytes) {
    table.controls.set(
        JAVA_SHORT, table.control(i) + MessageTable.CMSG_HEADER_BYTES, (short) segmentBytes);
    table.headers.set(
        JAVA_LONG, MessageTable.header(i) + MessageTable.CONTROL_LENGTH, CONTROL_BYTES);
  }

  /// Sends `count` messages from message `first` on, without waiting.
  ///
  /// @return how many the kernel took (perhaps fewer: go on from there), or `-errno` of the first
  public int send(int socket, int first, int count) {
    Objects.checkFromIndexSize(first, count, table.capacity);
    long address = table.headers.address() + MessageTable.header(first);
    return (int) Syscall.SENDMMSG.call(socket, address, count, MSG_DONTWAIT);
  }
}
