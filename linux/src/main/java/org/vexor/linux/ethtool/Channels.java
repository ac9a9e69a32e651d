package org.vexor.linux.ethtool;

/// The queues of an interface (ETHTOOL_GCHANNELS): a combined one receives and sends.
///
/// @param maxReceive most receive-only queues
/// @param maxTransmit most transmit-only queues
/// @param maxCombined most combined queues
/// @param receive receive-only queues in use
/// @param transmit transmit-only queues in use
/// @param combined combined queues in use
public record Channels(
    int maxReceive, int maxTransmit, int maxCombined, int receive, int transmit, int combined) {
  /// Queues that packets come in by.
  public int receiveQueues() {
    return receive + combined;
  }

  /// Queues that packets go out by.
  public int transmitQueues() {
    return transmit + combined;
  }

  /// The same limits with other queues in use.
  public Channels with(int receiveOnly, int transmitOnly, int combinedQueues) {
    return new Channels(
        maxReceive, maxTransmit, maxCombined, receiveOnly, transmitOnly, combinedQueues);
  }
}
