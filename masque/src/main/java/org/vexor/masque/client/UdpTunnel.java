package org.vexor.masque.client;

import io.netty.buffer.ByteBuf;
import org.vexor.masque.uri.UdpTarget;

/// UDP to one target through the proxy, until it is closed. Any thread.
public interface UdpTunnel extends AutoCloseable {
  UdpTarget target();

  /// Sends a payload once, or never; while the tunnel is not open a few wait for it.
  ///
  /// @param payload taken over; may be empty
  /// @return whether it was queued; if not, it was dropped and counted
  boolean send(ByteBuf payload);

  /// Whether a payload offered now would be queued.
  boolean isWritable();

  /// The largest payload that gets through now; it changes with the path. 0 while the tunnel is not
  /// open. A larger one is dropped and counted.
  int maxPayloadBytes();

  TunnelState state();

  TunnelCounters counters();

  /// Ends it; what is queued is dropped.
  @Override
  void close();
}
