package org.vexor.packet.connected;

import java.nio.ByteBuffer;
import org.vexor.linux.socket.UdpSocket;
import org.vexor.packet.Endpoint;

/// One UDP socket that sends to and hears one peer. Owned by the engine's thread; its counts may be
/// read on any, and are then as of a moment ago.
public final class ConnectedSocket implements AutoCloseable {
  private final ConnectedSockets all;
  private final UdpSocket socket;
  private final Endpoint local;
  private final Endpoint peer;
  private final PeerHandler handler;
  private final int index;
  private boolean closed;
  private int lostBefore;
  private long received;
  private long receivedBytes;
  private long sent;
  private long sentBytes;

  /// Its datagrams in the staging area: the first and the last one, or [Staging#NONE].
  int head = Staging.NONE;

  int tail = Staging.NONE;

  /// Datagrams in the last message that was received, as the kernel joins neighbours.
  int joined = 1;

  ConnectedSocket(
      ConnectedSockets all,
      UdpSocket socket,
      Endpoint local,
      Endpoint peer,
      PeerHandler handler,
      int index) {
    this.all = all;
    this.socket = socket;
    this.local = local;
    this.peer = peer;
    this.handler = handler;
    this.index = index;
  }

  /// Where the peer sees it, unless a NAT is between.
  public Endpoint local() {
    return local;
  }

  public Endpoint peer() {
    return peer;
  }

  /// Copies a datagram to be sent with the next flush.
  ///
  /// @return false when it is dropped at once, and counted: it is too long, or the socket is closed
  public boolean send(ByteBuffer payload) {
    return !closed && all.stage(this, payload);
  }

  /// Datagrams of the peer that were handed on.
  public long received() {
    return received;
  }

  public long receivedBytes() {
    return receivedBytes;
  }

  /// Datagrams that the kernel took.
  public long sent() {
    return sent;
  }

  public long sentBytes() {
    return sentBytes;
  }

  PeerHandler handler() {
    return handler;
  }

  UdpSocket socket() {
    return socket;
  }

  int index() {
    return index;
  }

  boolean isClosed() {
    return closed;
  }

  void countReceived(int bytes) {
    received++;
    receivedBytes += bytes;
  }

  void countSent(int bytes) {
    sent++;
    sentBytes += bytes;
  }

  /// How many datagrams the kernel dropped at this socket since the last call.
  ///
  /// @param counter of SO_RXQ_OVFL; negative when it says nothing
  int lost(long counter) {
    int more = (int) counter - lostBefore;
    if (counter < 0 || more <= 0) {
      return 0;
    }
    lostBefore = (int) counter;
    return more;
  }

  /// Gives the socket back; what is staged is dropped and counted. Calling it again does nothing.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      all.closed(this);
      socket.close();
    }
  }
}
