package org.vexor.packet.uring;

import org.vexor.packet.socket.SocketPort;

/// The request that receives for a port, again and again.
final class PortRequest {
  private final SocketPort port;
  private final long number;
  private boolean armed;

  /// @param number of the request within the ring's life
  PortRequest(SocketPort port, long number) {
    this.port = port;
    this.number = number;
  }

  SocketPort port() {
    return port;
  }

  long number() {
    return number;
  }

  /// Whether the kernel has it.
  boolean armed() {
    return armed;
  }

  void armed(boolean now) {
    armed = now;
  }
}
