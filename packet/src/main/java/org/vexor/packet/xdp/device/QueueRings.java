package org.vexor.packet.xdp.device;

import org.vexor.linux.xdp.CompletionRing;
import org.vexor.linux.xdp.FillRing;
import org.vexor.linux.xdp.ReceiveRing;
import org.vexor.linux.xdp.TransmitRing;
import org.vexor.packet.frame.FrameLedger;

/// The four rings of a queue, and which frames the kernel has by them.
///
/// ```
///  FrameLedger ──refill──▶ fill ring ──▶ kernel ──▶ receive ring ──receive──▶ FrameLedger
///  pool ──put, submit──▶ transmit ring ──▶ kernel ──▶ completion ring ──complete──▶ pool
/// ```
///
/// Every frame that is on a ring or in the kernel is marked, so all of them come back when the
/// socket is closed. The engine's thread only; allocates nothing.
public final class QueueRings {
  /// Who looks at packets.
  @FunctionalInterface
  public interface Arrival {
    /// A packet came.
    ///
    /// @param frame that it lies in; on loan
    /// @param address where in the memory of all frames it begins
    void onPacket(int frame, long address, int length);
  }

  private final PacketMemory memory;
  private final FrameLedger ledger;
  private final FillRing fill;
  private final ReceiveRing receive;
  private final TransmitRing transmit;
  private final CompletionRing completion;
  private final boolean[] withKernel;
  private final int target;
  private int filled;
  private int sending;
  private long completed;

  /// @param target frames kept with the kernel to receive into
  public QueueRings(
      PacketMemory memory,
      FillRing fill,
      ReceiveRing receive,
      TransmitRing transmit,
      CompletionRing completion,
      int target) {
    this.memory = memory;
    this.fill = fill;
    this.receive = receive;
    this.transmit = transmit;
    this.completion = completion;
    this.target = target;
    ledger = memory.receive();
    withKernel = new boolean[memory.umem().frames()];
  }

  /// Frames that wait for packets, or hold some that were not looked at.
  public int filled() {
    return filled;
  }

  /// Packets on their way out.
  public int sending() {
    return sending;
  }

  /// Packets that were sent.
  public long completed() {
    return completed;
  }

  /// How many packets are there, at most `limit`.
  public int available(int limit) {
    return receive.available(limit);
  }

  /// Hands packets to `arrival`, at most `limit`; each one's frame goes back to the ledger when it
  /// returned. After an exception of it the rest are still there.
  ///
  /// @return how many
  public int receive(int limit, Arrival arrival) {
    int count = receive.available(limit);
    int done = 0;
    try {
      while (done < count) {
        long address = receive.address(done);
        int length = receive.length(done);
        done++;
        int frame = memory.frame(address);
        withKernel[frame] = false;
        filled--;
        try {
          arrival.onPacket(frame, address, length);
        } finally {
          ledger.give(frame);
        }
      }
    } finally {
      receive.release(done);
    }
    return done;
  }

  /// Gives the kernel free frames until it has as many as it should.
  public void refill() {
    int wanted = target - filled;
    if (wanted <= 0) {
      return;
    }
    int room = fill.reserve(wanted);
    int put = 0;
    while (put < room) {
      int frame = ledger.take();
      if (frame == FrameLedger.NONE) {
        break;
      }
      withKernel[frame] = true;
      fill.put(put++, memory.offset(frame));
    }
    if (put > 0) {
      filled += put;
      fill.submit(put);
    }
  }

  /// Room for how many of `wanted` packets to send.
  public int room(int wanted) {
    return transmit.reserve(wanted);
  }

  /// Puts a packet as entry `index` of those there is room for.
  public void put(int index, int frame, long address, int length) {
    withKernel[frame] = true;
    transmit.put(index, address, length);
  }

  /// Hands `count` packets to the kernel; [QueueSession#kick] makes it look.
  public void submit(int count) {
    transmit.submit(count);
    sending += count;
  }

  /// Packets that the kernel has not looked at.
  public int pending() {
    return transmit.pending();
  }

  /// Takes back the frames of packets that were sent.
  ///
  /// @return how many
  public int complete() {
    if (sending == 0) {
      return 0;
    }
    int total = 0;
    int count;
    while ((count = completion.available(Integer.MAX_VALUE)) > 0) {
      for (int i = 0; i < count; i++) {
        int frame = memory.frame(completion.address(i));
        withKernel[frame] = false;
        memory.giveTransmit(frame);
      }
      completion.release(count);
      total += count;
    }
    sending -= total;
    completed += total;
    return total;
  }

  /// Takes back every frame that the kernel had.
  public void reclaim() {
    for (int frame = 0; frame < withKernel.length; frame++) {
      if (withKernel[frame]) {
        withKernel[frame] = false;
        if (memory.isReceive(frame)) {
          ledger.give(frame);
        } else {
          memory.giveTransmit(frame);
        }
      }
    }
    filled = 0;
    sending = 0;
  }

  boolean fillNeedsWakeup() {
    return fill.needsWakeup();
  }

  boolean transmitNeedsWakeup() {
    return transmit.needsWakeup();
  }
}
