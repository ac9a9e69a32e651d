package org.vexor.linux.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.socket.SocketAddress;
import org.vexor.linux.socket.SocketOption;

/// A recvmsg(2) that is armed once and completes for each datagram, into a buffer of its own (since
/// 6.0).
///
/// ```
///  buffer: | name length, control length, payload length, flags | name 32 | control 32 | payload |
///            16 bytes                                                                  ▲ PAYLOAD
/// ```
///
/// The areas keep their size whatever is in them. A completion without [IoUring#CQE_F_MORE] is the
/// last: arm again, after giving buffers back when it was `-ENOBUFS`; datagrams wait in the socket
/// meanwhile. An empty datagram ends it too, and is none the less received.
public final class MultishotReceive {
  private static final int OUT_BYTES = 16;
  private static final int OUT_CONTROL_LENGTH = 4;
  private static final int OUT_FLAGS = 12;
  private static final int NAME_BYTES = 32;

  /// Room for SO_RXQ_OVFL (24) and a margin that keeps the payload on an 8-byte boundary.
  private static final int CONTROL_BYTES = 32;

  /// Where in a buffer the payload begins; the room before it is the kernel's.
  public static final int PAYLOAD = OUT_BYTES + NAME_BYTES + CONTROL_BYTES;

  private static final int CONTROL = OUT_BYTES + NAME_BYTES;
  private static final int CMSG_HEADER_BYTES = 16;
  private static final int MSGHDR_BYTES = 56;
  private static final int MSGHDR_NAME_LENGTH = 8;
  private static final int MSGHDR_CONTROL_LENGTH = 40;
  private static final int MSG_TRUNC = 0x20;

  private final MemorySegment template;

  /// @param arena lives as long as a request of this is armed
  public MultishotReceive(Arena arena) {
    template = arena.allocate(MSGHDR_BYTES, 8);
    template.set(JAVA_INT, MSGHDR_NAME_LENGTH, NAME_BYTES);
    template.set(JAVA_LONG, MSGHDR_CONTROL_LENGTH, CONTROL_BYTES);
  }

  /// Queues the request. Give buffers first: with none it ends at once with `-ENOBUFS`, whether a
  /// datagram waits or not.
  ///
  /// @return false when the submission queue is full
  public boolean arm(IoUring ring, int socket, BufferRing buffers, long userData) {
    return ring.receiveMessages(socket, template.address(), buffers.group(), 0, userData);
  }

  /// The payload bytes in a buffer, or -1 when the result cannot hold the kernel's own header.
  ///
  /// @param result of the completion
  public static int length(int result) {
    return result < PAYLOAD ? -1 : result - PAYLOAD;
  }

  /// Whether the datagram at `buffer` was longer than its room.
  public static boolean truncated(MemorySegment memory, long buffer) {
    return (memory.get(JAVA_INT_UNALIGNED, buffer + OUT_FLAGS) & MSG_TRUNC) != 0;
  }

  /// Upper half of the source address.
  public static long sourceHigh(MemorySegment memory, long buffer) {
    return SocketAddress.high(memory, buffer + OUT_BYTES);
  }

  /// Lower half of the source address.
  public static long sourceLow(MemorySegment memory, long buffer) {
    return SocketAddress.low(memory, buffer + OUT_BYTES);
  }

  /// Source port.
  public static int sourcePort(MemorySegment memory, long buffer) {
    return SocketAddress.port(memory, buffer + OUT_BYTES);
  }

  /// The socket's count of dropped datagrams (SO_RXQ_OVFL), or -1 when the message does not carry
  /// it.
  public static long dropped(MemorySegment memory, long buffer) {
    int given = memory.get(JAVA_INT_UNALIGNED, buffer + OUT_CONTROL_LENGTH);
    long at = buffer + CONTROL;
    boolean there =
        given >= CMSG_HEADER_BYTES + 4
            && memory.get(JAVA_LONG_UNALIGNED, at) >= CMSG_HEADER_BYTES + 4
            && memory.get(JAVA_INT_UNALIGNED, at + 8) == SocketOption.SO_RXQ_OVFL.level()
            && memory.get(JAVA_INT_UNALIGNED, at + 12) == SocketOption.SO_RXQ_OVFL.number();
    return there
        ? Integer.toUnsignedLong(memory.get(JAVA_INT_UNALIGNED, at + CMSG_HEADER_BYTES))
        : -1;
  }
}
