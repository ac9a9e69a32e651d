package org.vexor.linux.xdp;

/// Sizes of an AF_XDP socket. Ring sizes are powers of two.
///
/// @param frames frames of the UMEM; as many as all rings together, or they starve each other
/// @param frameBytes 2048, or 4096 for frames over 1792 bytes and for some drivers; received
///   packets start 256 bytes (XDP_PACKET_HEADROOM) after the frame
/// @param fillEntries fewer than `frames`; twice `receiveEntries` rides out a pause
/// @param completionEntries at least `transmitEntries`, so a full transmit ring can always complete
/// @param receiveEntries 0 for a socket that only sends
/// @param transmitEntries 0 for a socket that only receives
public record XdpSocketOptions(
    int frames,
    int frameBytes,
    int fillEntries,
    int completionEntries,
    int receiveEntries,
    int transmitEntries) {

  /// Refuses what the kernel would refuse with a bare EINVAL.
  public XdpSocketOptions {
    power("fillEntries", fillEntries);
    power("completionEntries", completionEntries);
    power("frameBytes", frameBytes);
    if (receiveEntries != 0) {
      power("receiveEntries", receiveEntries);
    }
    if (transmitEntries != 0) {
      power("transmitEntries", transmitEntries);
    }
    if (receiveEntries == 0 && transmitEntries == 0) {
      throw new IllegalArgumentException("a socket has a receive ring, a transmit ring or both");
    }
    if (frameBytes < 2048 || frameBytes > 4096) {
      throw new IllegalArgumentException("frameBytes is 2048 or 4096, not " + frameBytes);
    }
    if (fillEntries >= frames) {
      throw new IllegalArgumentException(
          "fillEntries (%d) must be fewer than frames (%d): some are always on their way"
              .formatted(fillEntries, frames));
    }
    if (completionEntries < transmitEntries) {
      throw new IllegalArgumentException(
          "completionEntries (%d) must be no fewer than transmitEntries (%d)"
              .formatted(completionEntries, transmitEntries));
    }
  }

  /// Both ways, for a host of a cluster: 32768 frames of 2 KiB (64 MiB), 8192 each way.
  public static XdpSocketOptions standard() {
    return symmetric(8192);
  }

  /// Both ways with `entries` in the receive and transmit rings.
  ///
  /// @param entries a power of two
  public static XdpSocketOptions symmetric(int entries) {
    // Frames of 2 KiB hold MTU 1500 behind the headroom and halve the memory of 4 KiB.
    return new XdpSocketOptions(4 * entries, 2048, 2 * entries, entries, entries, entries);
  }

  private static void power(String name, int value) {
    if (Integer.bitCount(value) != 1 || value < 0) {
      throw new IllegalArgumentException(name + " must be a power of two, not " + value);
    }
  }
}
