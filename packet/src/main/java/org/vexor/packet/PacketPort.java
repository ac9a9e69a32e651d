package org.vexor.packet;

import java.lang.foreign.MemorySegment;

/// A bound UDP port. Owned by the thread that owns its [PacketEngine].
///
/// Sending is three steps, so that a backend can write headers before the payload without copying
/// it:
///
/// ```java
/// long offset = port.reserve(length);
/// if (offset >= 0) {
///   MemorySegment.copy(payload, 0, port.sendSegment(), offset, length);
///   port.commit(length, peer.high(), peer.low(), peer.port());
/// }
/// ```
public interface PacketPort extends AutoCloseable {
  /// `reserve`: no room now; nothing is lost. Flush, or try again after the next `doWork`.
  long FULL = -1;

  /// `reserve`: longer than [#maxPayloadBytes]; counted as [DropReason#SEND_TOO_LARGE].
  long TOO_LARGE = -2;

  /// `reserve`: the port is closed.
  long CLOSED = -3;

  /// Address and number the port is bound to; the number is the real one when 0 was asked for. Any
  /// thread.
  Endpoint localEndpoint();

  /// The largest payload that this port can send or receive, in bytes.
  int maxPayloadBytes();

  /// Makes room for one datagram of at most `lengthBytes`.
  ///
  /// @return the offset of the payload in [#sendSegment], or [#FULL], [#TOO_LARGE], [#CLOSED]
  long reserve(int lengthBytes);

  /// The segment that [#reserve] gives offsets into; the same one as long as the port is open.
  MemorySegment sendSegment();

  /// Hands over the reserved datagram: the first `lengthBytes` that were written, to the
  /// destination in the form of [Endpoint]. It goes out at the next [#flush] or `doWork`.
  void commit(int lengthBytes, long high, long low, int port);

  /// Gives back the room of a reservation that is not going to be used.
  void cancel();

  /// Reserve, copy and commit in one; for callers that have the bytes elsewhere.
  ///
  /// @return true when the datagram was committed; false as [#reserve] refused it
  default boolean send(MemorySegment source, long offset, int lengthBytes, Endpoint to) {
    long at = reserve(lengthBytes);
    if (at < 0) {
      return false;
    }
    MemorySegment.copy(source, offset, sendSegment(), at, lengthBytes);
    commit(lengthBytes, to.high(), to.low(), to.port());
    return true;
  }

  /// Offers the committed datagrams to the system.
  ///
  /// @return how many it took; what it did not take stays queued
  int flush();

  /// Datagrams committed and neither sent nor dropped yet.
  int queued();

  /// Asks the system to let only this peer's datagrams in, and to tell by
  /// [DatagramHandler#onPeerRefused] when the peer's host refuses ours. Other destinations can
  /// still be sent to. Datagrams of others that were received before may still be delivered.
  ///
  /// @return false when the backend cannot, and everything is as before
  /// @throws PortException when the system refuses, such as without a route to the peer
  default boolean connect(Endpoint peer) {
    return false;
  }

  /// Ends what [#connect] began; nothing when that did nothing.
  default void disconnect() {}

  /// Changes a setting.
  ///
  /// @return false when the backend has no such thing
  /// @throws PortException when the system refuses the value
  default boolean set(PortSetting setting, int value) {
    return false;
  }

  /// Joins a multicast group, whose datagrams are received from then on.
  ///
  /// @param group its address; the number plays no part
  /// @param interfaceIndex of the interface to join on
  /// @return false when the backend has no multicast
  /// @throws PortException when the system refuses
  default boolean join(Endpoint group, int interfaceIndex) {
    return false;
  }

  /// Leaves a group that was joined; arguments and outcome as with [#join].
  default boolean leave(Endpoint group, int interfaceIndex) {
    return false;
  }

  /// What this port moved and dropped. Any thread.
  TrafficCounters counters();

  /// Any thread.
  boolean isOpen();

  /// Flushes once, counts the rest as dropped, ends reception.
  @Override
  void close();
}
