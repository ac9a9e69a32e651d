package org.vexor.quic;

/// What became of the datagrams of a connection. `offered = sent + queued + dropped`, at rest.
///
/// Sent means taken by QUIC, which sends each once when congestion control allows and never again:
/// what the network loses nobody counts. Of what QUIC received and had no room for, it drops the
/// oldest and does not say so; the receive queue is therefore long.
///
/// @param offered given to [QuicConnection#sendDatagram]
/// @param sent taken by QUIC
/// @param queued waiting for QUIC to take them
/// @param queueFull dropped as the queue was full
/// @param tooLarge dropped as they fit no packet of the path
/// @param unsupported dropped as the peer takes no datagrams, or has not said so yet
/// @param closed dropped as the connection ended
/// @param received handed to the application
public record DatagramCounters(
    long offered,
    long sent,
    long queued,
    long queueFull,
    long tooLarge,
    long unsupported,
    long closed,
    long received) {
  public long dropped() {
    return queueFull + tooLarge + unsupported + closed;
  }
}
