package org.vexor.packet;

/// How a port is to be opened.
///
/// @param bind address and number; number 0 lets the system choose
/// @param receiveBufferBytes wanted size of the system's receive buffer, where the backend has one
/// @param sendBufferBytes wanted size of the system's send buffer, where the backend has one
/// @param reusePort several engines share the number (SO_REUSEPORT), each gets a part of the flows
/// @param reuseAddress other ports on this number may be bound to other addresses, the wildcard
///   among them, and to the same one for multicast (SO_REUSEADDR)
public record PortOptions(
    Endpoint bind,
    int receiveBufferBytes,
    int sendBufferBytes,
    boolean reusePort,
    boolean reuseAddress) {
  /// At mainnet's burst rate of some 100,000 shreds a second this holds about 30 ms.
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  private static final int SEND_BUFFER_BYTES = 1 << 20;

  public PortOptions {
    if (receiveBufferBytes <= 0 || sendBufferBytes <= 0) {
      throw new IllegalArgumentException(
          "buffer sizes must be positive: receive "
              + receiveBufferBytes
              + ", send "
              + sendBufferBytes);
    }
  }

  /// Defaults on an address.
  public static PortOptions bind(Endpoint endpoint) {
    return new PortOptions(endpoint, RECEIVE_BUFFER_BYTES, SEND_BUFFER_BYTES, false, false);
  }

  public PortOptions withReusePort() {
    return new PortOptions(bind, receiveBufferBytes, sendBufferBytes, true, reuseAddress);
  }

  public PortOptions withReceiveBufferBytes(int bytes) {
    return new PortOptions(bind, bytes, sendBufferBytes, reusePort, reuseAddress);
  }

  public PortOptions withSendBufferBytes(int bytes) {
    return new PortOptions(bind, receiveBufferBytes, bytes, reusePort, reuseAddress);
  }

  public PortOptions withReuseAddress() {
    return new PortOptions(bind, receiveBufferBytes, sendBufferBytes, reusePort, true);
  }
}
