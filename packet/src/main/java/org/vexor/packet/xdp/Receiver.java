package org.vexor.packet.xdp;

import org.vexor.packet.DropReason;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.FrameDatagram;
import org.vexor.packet.xdp.device.PacketMemory;
import org.vexor.packet.xdp.device.QueueRings;
import org.vexor.packet.xdp.header.FrameParser;

/// Receives for all ports of an engine from the rings of its queues. Owner thread only; allocates
/// nothing.
final class Receiver {
  /// Packets of one look: the indexes are published once for all of them.
  private static final int BATCH = 64;

  /// Received from one queue before others have their turn.
  private static final int TURN = 256;

  private final PacketMemory memory;
  private final PortTable ports;
  private final FrameParser parser;
  private final FrameDatagram datagram;
  private final int maxPayloadBytes;
  private final TrafficCounters engineCounters;
  private final QueueRings.Arrival lend = this::lend;
  private long receivedNs;

  /// @param engineCounters take what no port can be blamed for
  Receiver(
      PacketMemory memory,
      PortTable ports,
      FrameParser parser,
      int maxPayloadBytes,
      TrafficCounters engineCounters) {
    this.memory = memory;
    this.ports = ports;
    this.parser = parser;
    this.maxPayloadBytes = maxPayloadBytes;
    this.engineCounters = engineCounters;
    datagram = new FrameDatagram(memory.segment(), memory.receive());
  }

  /// Receives until the queue has no more, or others must have their turn. An exception of a
  /// handler leaves the packets behind its own on the ring, for the next time.
  int receive(QueueRings rings) {
    // Frames of the last turn: they were not given back there, as what a handler answers leaves
    // sooner so, and a full ring has entries for many turns.
    rings.refill();
    int work = 0;
    while (work < TURN && rings.available(1) > 0) {
      receivedNs = System.nanoTime();
      try {
        work += rings.receive(BATCH, lend);
      } finally {
        for (XdpPort port : ports.all()) {
          port.settle();
        }
      }
    }
    return work;
  }

  private void lend(int frame, long address, int length) {
    if (!parser.parse(memory.segment(), address, length)) {
      engineCounters.dropped(DropReason.RECEIVE_MALFORMED, 1);
      return;
    }
    int index = ports.find(parser.targetHigh(), parser.targetLow(), parser.targetPort());
    if (index == PortTable.NONE) {
      // The filter lets through only what is open: it was closed while this was on the ring.
      engineCounters.dropped(DropReason.RECEIVE_PORT_CLOSED, 1);
      return;
    }
    XdpPort port = ports.get(index);
    int bytes = parser.payloadBytes();
    if (bytes > maxPayloadBytes) {
      port.counters().dropped(DropReason.RECEIVE_TRUNCATED, 1);
      return;
    }
    port.received(bytes);
    datagram.payload(frame, parser.payloadOffset(), bytes, receivedNs);
    datagram.source(parser.sourceHigh(), parser.sourceLow(), parser.sourcePort());
    port.handler().onDatagram(port, datagram);
  }
}
