package org.vexor.packet.frame;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.packet.DropReason;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.TrafficCounters;

/// Datagrams of one port on their way out: a ring of fixed slots in one segment, first in first
/// out. Owner only.
///
/// ```
///   slot: | headroom | payload                         |
///                    ▲ offset(slot)
/// ```
public final class SendRing {
  private static final int LINE_BYTES = 64;

  private final MemorySegment segment;
  private final int slotBytes;
  private final int headroomBytes;
  private final int maxPayloadBytes;
  private final int[] lengths;
  private final long[] highs;
  private final long[] lows;
  private final int[] ports;
  private final TrafficCounters counters;
  private int head;
  private int count;
  private boolean reserved;

  /// @param segment room for `slots * slotBytes`
  /// @param headroomBytes before each payload, for headers
  public SendRing(
      MemorySegment segment,
      int slots,
      int slotBytes,
      int headroomBytes,
      int maxPayloadBytes,
      TrafficCounters counters) {
    if (segment.byteSize() < (long) slots * slotBytes
        || headroomBytes + maxPayloadBytes > slotBytes) {
      throw new IllegalArgumentException(
          slots
              + " slots of "
              + slotBytes
              + " bytes do not fit "
              + segment.byteSize()
              + " bytes, or "
              + headroomBytes
              + " + "
              + maxPayloadBytes
              + " bytes do not fit a slot");
    }
    this.segment = segment;
    this.slotBytes = slotBytes;
    this.headroomBytes = headroomBytes;
    this.maxPayloadBytes = maxPayloadBytes;
    this.lengths = new int[slots];
    this.highs = new long[slots];
    this.lows = new long[slots];
    this.ports = new int[slots];
    this.counters = counters;
  }

  /// One without headroom, in memory of its own.
  public static SendRing allocate(EngineOptions options, TrafficCounters counters) {
    int slotBytes = (options.maxPayloadBytes() + LINE_BYTES - 1) & -LINE_BYTES;
    MemorySegment memory =
        Arena.ofAuto().allocate((long) options.sendFrames() * slotBytes, LINE_BYTES);
    return new SendRing(
        memory, options.sendFrames(), slotBytes, 0, options.maxPayloadBytes(), counters);
  }

  public MemorySegment segment() {
    return segment;
  }

  /// As [PacketPort#reserve], but for the closed port.
  public long reserve(int lengthBytes) {
    if (lengthBytes < 0 || lengthBytes > maxPayloadBytes) {
      counters.dropped(DropReason.SEND_TOO_LARGE, 1);
      return PacketPort.TOO_LARGE;
    }
    if (reserved) {
      throw new IllegalStateException("the last reservation was neither committed nor cancelled");
    }
    if (count == lengths.length) {
      counters.refused();
      return PacketPort.FULL;
    }
    reserved = true;
    return offset(slot(count));
  }

  /// As [PacketPort#commit].
  public void commit(int lengthBytes, long high, long low, int port) {
    if (!reserved) {
      throw new IllegalStateException("commit without a reservation");
    }
    if (lengthBytes < 0 || lengthBytes > maxPayloadBytes) {
      throw new IllegalArgumentException(
          "length " + lengthBytes + " is not between 0 and " + maxPayloadBytes);
    }
    reserved = false;
    int slot = slot(count++);
    lengths[slot] = lengthBytes;
    highs[slot] = high;
    lows[slot] = low;
    ports[slot] = port;
  }

  public void cancel() {
    reserved = false;
  }

  /// Datagrams committed and not popped.
  public int size() {
    return count;
  }

  /// The slot of the datagram that is `ahead` places behind the oldest one.
  public int slot(int ahead) {
    int slot = head + ahead;
    return slot < lengths.length ? slot : slot - lengths.length;
  }

  public long offset(int slot) {
    return (long) slot * slotBytes + headroomBytes;
  }

  public int length(int slot) {
    return lengths[slot];
  }

  public long high(int slot) {
    return highs[slot];
  }

  public long low(int slot) {
    return lows[slot];
  }

  public int port(int slot) {
    return ports[slot];
  }

  /// Frees the oldest `datagrams`.
  public void pop(int datagrams) {
    head = slot(datagrams);
    count -= datagrams;
  }
}
