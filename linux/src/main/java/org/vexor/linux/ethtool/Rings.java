package org.vexor.linux.ethtool;

/// The descriptor rings of each queue of a device (ETHTOOL_GRINGPARAM), in packets. Not always
/// powers of two.
///
/// @param maxReceive largest that the device takes
/// @param maxTransmit largest that the device takes
public record Rings(int maxReceive, int maxTransmit, int receive, int transmit) {
  /// The same limits with other sizes.
  public Rings with(int receivePackets, int transmitPackets) {
    return new Rings(maxReceive, maxTransmit, receivePackets, transmitPackets);
  }
}
