package org.vexor.packet.xdp;

import org.vexor.packet.DropReason;
import org.vexor.packet.PacketPort;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.xdp.device.PacketMemory;
import org.vexor.packet.xdp.header.HeaderWriter;

/// Datagrams of one port on their way out, each in a frame of the engine's pool; first in, first
/// out. Owner thread only.
///
/// The frame comes from the pool at the reservation, and goes to the kernel or back to the pool
/// when the datagram is taken.
final class SendQueue {
  private final PacketMemory memory;
  private final TrafficCounters counters;
  private final int maxPayloadBytes;
  private final int[] frames;
  private final int[] lengths;
  private final long[] highs;
  private final long[] lows;
  private final int[] ports;
  private int head;
  private int count;
  private int reserved = PacketMemory.NONE;

  /// @param capacity datagrams that can be committed and not sent
  SendQueue(PacketMemory memory, int capacity, int maxPayloadBytes, TrafficCounters counters) {
    this.memory = memory;
    this.counters = counters;
    this.maxPayloadBytes = maxPayloadBytes;
    frames = new int[capacity];
    lengths = new int[capacity];
    highs = new long[capacity];
    lows = new long[capacity];
    ports = new int[capacity];
  }

  /// As [PacketPort#reserve], but for the closed port.
  long reserve(int lengthBytes) {
    if (lengthBytes < 0 || lengthBytes > maxPayloadBytes) {
      counters.dropped(DropReason.SEND_TOO_LARGE, 1);
      return PacketPort.TOO_LARGE;
    }
    if (reserved != PacketMemory.NONE) {
      throw new IllegalStateException("the last reservation was neither committed nor cancelled");
    }
    if (count < frames.length) {
      reserved = memory.takeTransmit();
    }
    if (reserved == PacketMemory.NONE) {
      counters.refused();
      return PacketPort.FULL;
    }
    return memory.offset(reserved) + HeaderWriter.HEADROOM_BYTES;
  }

  /// As [PacketPort#commit].
  void commit(int lengthBytes, long high, long low, int port) {
    if (reserved == PacketMemory.NONE) {
      throw new IllegalStateException("commit without a reservation");
    }
    if (lengthBytes < 0 || lengthBytes > maxPayloadBytes) {
      throw new IllegalArgumentException(
          "length " + lengthBytes + " is not between 0 and " + maxPayloadBytes);
    }
    int slot = slot(count++);
    frames[slot] = reserved;
    lengths[slot] = lengthBytes;
    highs[slot] = high;
    lows[slot] = low;
    ports[slot] = port;
    reserved = PacketMemory.NONE;
  }

  void cancel() {
    if (reserved != PacketMemory.NONE) {
      memory.giveTransmit(reserved);
      reserved = PacketMemory.NONE;
    }
  }

  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  int size() {
    return count;
  }

  /// The slot of the datagram that is `ahead` places behind the oldest one.
  int slot(int ahead) {
    int slot = head + ahead;
    return slot < frames.length ? slot : slot - frames.length;
  }

  int frame(int slot) {
    return frames[slot];
  }

  int length(int slot) {
    return lengths[slot];
  }

  long high(int slot) {
    return highs[slot];
  }

  long low(int slot) {
    return lows[slot];
  }

  int port(int slot) {
    return ports[slot];
  }

  /// Forgets the oldest `datagrams`; their frames have gone on.
  void pop(int datagrams) {
    head = slot(datagrams);
    count -= datagrams;
  }

  /// Drops all of it, counted as of a closed port.
  void abandon() {
    cancel();
    for (int i = 0; i < count; i++) {
      memory.giveTransmit(frames[slot(i)]);
    }
    if (count > 0) {
      counters.dropped(DropReason.PORT_CLOSED, count);
    }
    pop(count);
  }
}
