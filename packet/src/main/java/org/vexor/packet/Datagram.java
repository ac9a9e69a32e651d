package org.vexor.packet;

import java.lang.foreign.MemorySegment;

/// A received datagram, lent to a [DatagramHandler]: a view that the engine points at one frame
/// after another.
public interface Datagram {
  /// [#retain]: the engine has no frame to spare. Copy, or drop and count.
  long NOT_RETAINED = -1;

  /// The memory that holds the payload; one long-lived segment, or a few, for all frames of an
  /// engine.
  MemorySegment segment();

  /// Where in [#segment] the payload begins.
  long offset();

  /// Payload bytes.
  int length();

  /// Sender's address, upper half, in the form of [Endpoint].
  long sourceHigh();

  /// Sender's address, lower half, in the form of [Endpoint].
  long sourceLow();

  /// Sender's port number.
  int sourcePort();

  /// When it was taken off the wire: `System.nanoTime` or the engine's clock, one reading for a
  /// batch.
  long receivedNs();

  /// Takes the frame out of the engine's hands: payload, segment and offset stay good after the
  /// handler returned.
  ///
  /// @return what [PacketEngine#release] wants back exactly once, or [#NOT_RETAINED]
  long retain();

  /// The sender as an object; allocates, so not for hot paths.
  default Endpoint source() {
    return new Endpoint(sourceHigh(), sourceLow(), sourcePort());
  }
}
