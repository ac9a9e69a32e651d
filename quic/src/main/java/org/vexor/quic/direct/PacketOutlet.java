package org.vexor.quic.direct;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.vexor.netty.PortWriter;
import org.vexor.packet.Endpoint;
import org.vexor.quic.quiche.ChannelCalls;
import org.vexor.quic.quiche.QuicheCalls;

/// Lets quiche write packets where a port sends them from. One for each UDP channel, on its event
/// loop.
public final class PacketOutlet {
  /// Linux: `AF_INET`, and where a `sockaddr_in` and a `sockaddr_in6` have what.
  private static final short AF_INET = 2;

  private static final int PORT = 2;
  private static final int ADDRESS = 4;
  private static final int ADDRESS_BYTES = 4;
  private static final int ADDRESS6 = 8;
  private static final int ADDRESS6_BYTES = 16;
  private static final int MIDDLE = 8;
  private static final int NEXT = 16;
  private static final int END = 24;

  private final PortWriter port;
  private final MemorySegment info =
      Arena.ofAuto().allocate(ChannelCalls.sendInfoBytes(), Long.BYTES);
  private final long to = ChannelCalls.sendInfoDestination();

  public PacketOutlet(PortWriter port) {
    this.port = port;
  }

  /// Makes packets of all that the connection may send now. What the port has no room for is left
  /// to Netty, which is to be asked after this in any case: it sets the timers.
  public void send(DirectConnection from) {
    long address = from.address();
    int capacity = address == -1 ? 0 : QuicheCalls.maxPacketBytes(address);
    if (capacity == 0 || !port.begin(capacity)) {
      return;
    }
    long room = port.reserve(capacity);
    while (room != PortWriter.FULL) {
      int length = QuicheCalls.sendPacket(address, room, capacity, info.address());
      if (length < 0) {
        port.cancel();
        break;
      }
      if (length == 0) {
        continue;
      }
      port.commit(length, destination(from));
      room = port.reserve(capacity);
    }
    port.end();
  }

  private Endpoint destination(DirectConnection from) {
    long start = info.get(ValueLayout.JAVA_LONG_UNALIGNED, to);
    boolean ipv4 = info.get(ValueLayout.JAVA_SHORT_UNALIGNED, to) == AF_INET;
    long middle = ipv4 ? 0 : info.get(ValueLayout.JAVA_LONG_UNALIGNED, to + MIDDLE);
    long next = ipv4 ? 0 : info.get(ValueLayout.JAVA_LONG_UNALIGNED, to + NEXT);
    int end = ipv4 ? 0 : info.get(ValueLayout.JAVA_INT_UNALIGNED, to + END);
    if (from.destination.isEmpty()
        || from.destinationStart != start
        || from.destinationMiddle != middle
        || from.destinationNext != next
        || from.destinationEnd != end) {
      from.destinationStart = start;
      from.destinationMiddle = middle;
      from.destinationNext = next;
      from.destinationEnd = end;
      from.destination = Optional.of(read(ipv4));
    }
    return from.destination.get();
  }

  private Endpoint read(boolean ipv4) {
    var bytes = new byte[ipv4 ? ADDRESS_BYTES : ADDRESS6_BYTES];
    MemorySegment.copy(
        info, ValueLayout.JAVA_BYTE, to + (ipv4 ? ADDRESS : ADDRESS6), bytes, 0, bytes.length);
    // Netty gave the number to quiche in the machine's order, and quiche gives back what it got.
    int number = Short.toUnsignedInt(info.get(ValueLayout.JAVA_SHORT_UNALIGNED, to + PORT));
    try {
      return Endpoint.of(InetAddress.getByAddress(bytes), number);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are addresses", e);
    }
  }
}
