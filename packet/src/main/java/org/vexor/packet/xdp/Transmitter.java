package org.vexor.packet.xdp;

import java.lang.foreign.MemorySegment;
import org.vexor.linux.Errno;
import org.vexor.packet.PacketPort;
import org.vexor.packet.xdp.device.DeviceState;
import org.vexor.packet.xdp.device.PacketMemory;
import org.vexor.packet.xdp.device.QueueRings;
import org.vexor.packet.xdp.device.QueueSession;
import org.vexor.packet.xdp.device.XdpQueue;
import org.vexor.packet.xdp.header.FrameHeader;
import org.vexor.packet.xdp.header.HeaderWriter;
import org.vexor.packet.xdp.route.Destination;
import org.vexor.packet.xdp.route.Destinations;

/// Sends what the ports of an engine committed: by the rings of its first queue what a frame can be
/// built for, by the port's kernel socket the rest. Owner thread only; allocates nothing.
final class Transmitter {
  /// Below this many free frames finished ones are looked for before a reservation.
  private static final int LOW_WATER = 32;

  private final PacketMemory memory;
  private final MemorySegment segment;
  private final XdpQueue queue;
  private final Destinations destinations;
  private DeviceState device;

  Transmitter(PacketMemory memory, XdpQueue queue, Destinations destinations, DeviceState device) {
    this.memory = memory;
    this.segment = memory.segment();
    this.queue = queue;
    this.destinations = destinations;
    this.device = device;
  }

  /// Says what is true of the device from now on.
  void see(DeviceState now) {
    device = now;
    destinations.use(now.network(), now.link());
  }

  /// Sees to it that there are free frames, if that can be.
  void replenish() {
    if (memory.transmitAvailable() < LOW_WATER && usable()) {
      int _ = queue.session().get().rings().complete();
    }
  }

  /// Offers what a port committed to rings and kernel, and has both go on.
  ///
  /// @return how many datagrams they took
  int flush(XdpPort port) {
    int sent = offer(port);
    kick();
    return sent;
  }

  /// Offers what a port committed; [#kick] is to follow.
  int offer(XdpPort port) {
    if (port.queue().size() == 0) {
      return port.beneath().queued() > 0 ? port.beneath().flush() : 0;
    }
    if (port.isBehind(device)) {
      port.see(device);
    }
    return usable() ? byRings(port, queue.session().get().rings()) : byKernel(port);
  }

  private boolean usable() {
    return queue.session().isPresent() && queue.session().get().state() == QueueSession.State.BOUND;
  }

  private int byRings(XdpPort port, QueueRings rings) {
    SendQueue waiting = port.queue();
    PacketPort beneath = port.beneath();
    int sent = 0;
    int forwarded = 0;
    while (waiting.size() > 0) {
      int room = rings.room(waiting.size());
      int framed = 0;
      int taken = 0;
      long bytes = 0;
      // What is queued beneath may be to the same destination, and came first.
      boolean mayFrame = device.carrying() && port.framing() && beneath.queued() == 0;
      while (taken < waiting.size()) {
        int slot = waiting.slot(taken);
        int length = waiting.length(slot);
        Destination to = destinations.find(waiting.high(slot), waiting.low(slot));
        if (mayFrame
            && to.takes(length)
            && waiting.port(slot) != 0
            && port.sends(to.header().isIpv4())) {
          if (framed == room) {
            break;
          }
          put(rings, framed++, waiting, slot, port.writer(), to.header());
          bytes += length;
        } else if (forward(waiting, slot, beneath)) {
          forwarded++;
          mayFrame = false;
        } else {
          break;
        }
        taken++;
      }
      if (framed > 0) {
        rings.submit(framed);
        port.counters().sent(framed, bytes);
        sent += framed;
      }
      waiting.pop(taken);
      if (forwarded > 0) {
        // What is on the ring may be to the same destination, and came first.
        int _ = kick();
        int accepted = beneath.flush();
        sent += accepted;
        forwarded = 0;
      }
      if (taken == 0 && kick() == 0) {
        break;
      }
    }
    return sent;
  }

  private void put(
      QueueRings rings,
      int index,
      SendQueue waiting,
      int slot,
      HeaderWriter writer,
      FrameHeader header) {
    int frame = waiting.frame(slot);
    int length = waiting.length(slot);
    long payload = memory.offset(frame) + HeaderWriter.HEADROOM_BYTES;
    writer.write(segment, payload, length, header, waiting.port(slot));
    int headers = HeaderWriter.frameBytes(header.isIpv4());
    rings.put(index, frame, payload - headers, headers + length);
  }

  private int byKernel(XdpPort port) {
    SendQueue waiting = port.queue();
    int sent = 0;
    while (waiting.size() > 0) {
      int taken = 0;
      while (taken < waiting.size() && forward(waiting, waiting.slot(taken), port.beneath())) {
        taken++;
      }
      waiting.pop(taken);
      int accepted = port.beneath().flush();
      sent += accepted;
      if (accepted == 0 && taken == 0) {
        break;
      }
    }
    return sent;
  }

  /// Copies a datagram to the socket's port.
  ///
  /// @return false when there is no room now
  private boolean forward(SendQueue waiting, int slot, PacketPort beneath) {
    int length = waiting.length(slot);
    long at = beneath.reserve(length);
    if (at == PacketPort.FULL) {
      return false;
    }
    int frame = waiting.frame(slot);
    if (at >= 0) {
      long payload = memory.offset(frame) + HeaderWriter.HEADROOM_BYTES;
      MemorySegment.copy(segment, payload, beneath.sendSegment(), at, length);
      beneath.commit(length, waiting.high(slot), waiting.low(slot), waiting.port(slot));
    }
    memory.giveTransmit(frame);
    return true;
  }

  /// Has the kernel send what is on the ring, as far as it can now.
  ///
  /// @return how many frames it took
  int kick() {
    if (!usable()) {
      return 0;
    }
    QueueSession session = queue.session().get();
    QueueRings rings = session.rings();
    if (rings.sending() == 0) {
      return 0;
    }
    int before = rings.pending();
    int left = before;
    while (left > 0) {
      int errno = -session.kick();
      int _ = rings.complete();
      int now = rings.pending();
      boolean more = errno == Errno.EAGAIN && now < left;
      left = now;
      if (!more) {
        break;
      }
    }
    return before - left;
  }

  /// Takes back what was sent; once a turn, when all that is in a hurry has left: other cores write
  /// where this looks.
  void complete() {
    if (usable()) {
      int _ = queue.session().get().rings().complete();
    }
  }

  /// Whether something waits here that only another [#kick] moves.
  boolean hasPending() {
    return device.carrying()
        && usable()
        && queue.session().get().rings().sending() > 0
        && queue.session().get().rings().pending() > 0;
  }
}
