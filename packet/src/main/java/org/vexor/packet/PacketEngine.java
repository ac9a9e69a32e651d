package org.vexor.packet;

import java.util.List;

/// One way to the wire on one thread: a NIC queue with its rings, an io_uring, a set of sockets, a
/// tunnel, or memory.
///
/// Owned by one thread (see the package's map for who may call what). Drive it by calling [#doWork]
/// in a loop, with [#await] or an idle strategy of the caller's choice when there was nothing to
/// do.
public interface PacketEngine extends AutoCloseable {
  /// Opens a UDP port. Its datagrams reach `handler` from within [#doWork].
  ///
  /// @throws PortException when the address cannot be bound
  PacketPort open(PortOptions options, DatagramHandler handler);

  /// Moves what is there: received datagrams to their handlers, committed datagrams to the system,
  /// finished and released frames back to their pools. A bounded amount, never blocking.
  ///
  /// @return datagrams received plus datagrams handed to the system; 0 when idle
  int doWork();

  /// Blocks the owner until a datagram may be there, [#wakeup] was called, or the time is over.
  void await(long timeoutNs);

  /// Ends a present or the next [#await]. Any thread.
  void wakeup();

  /// Gives back a frame that [Datagram#retain] gave out; exactly once for each retain. Any thread.
  void release(long frame);

  /// What carries the datagrams now, and why nothing better does. Any thread.
  BackendReport report();

  /// Ports that are open. Any thread; a snapshot.
  List<PacketPort> ports();

  /// The sum over all ports that were ever opened on this engine. Any thread.
  TrafficCounters counters();

  /// Closes all ports and the way to the wire.
  @Override
  void close();
}
