package org.vexor.quic.direct;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.AttributeKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.vexor.packet.Endpoint;
import org.vexor.quic.quiche.ChannelCalls;
import org.vexor.quic.quiche.QuicheCalls;

/// An established connection on the straight way. Event loop only.
public final class DirectConnection {
  /// Where a connection's channel keeps it, once the handshake is done.
  public static final AttributeKey<DirectConnection> KEY =
      AttributeKey.valueOf(DirectConnection.class, "direct");

  private final QuicChannel channel;
  private final Object connection;
  private final Optional<DatagramSink> sink;
  private final ByteBuffer receiveInfo;
  private final long receiveInfoAddress;

  /// Packets came in this turn.
  boolean touched;

  /// Datagrams came in this turn.
  boolean heard;

  /// Something was given to quiche since packets were made of what it has.
  private boolean unsent;

  /// Where the last packet went, as quiche has it, and as the port has it.
  long destinationStart;

  long destinationMiddle;
  long destinationNext;
  int destinationEnd;
  Optional<Endpoint> destination = Optional.empty();

  /// @param channel whose QUIC connection there is already
  /// @param sink takes its datagrams; without one they are Netty's
  public DirectConnection(QuicChannel channel, Optional<DatagramSink> sink) {
    this.channel = channel;
    this.connection = QuicheCalls.connection(channel);
    this.sink = sink;
    this.receiveInfo = ChannelCalls.receiveInfo(connection);
    this.receiveInfoAddress = ChannelCalls.address(receiveInfo);
  }

  /// Where quiche has the connection; -1 when it is gone.
  public long address() {
    return QuicheCalls.address(connection);
  }

  /// Something was given to quiche that is to be made packets of.
  public void given() {
    unsent = true;
  }

  /// Whether something was given and no packets were made since.
  public boolean isUnsent() {
    return unsent;
  }

  /// Packets were made of all that was given, or will be when Netty's turn ends.
  public void sent() {
    unsent = false;
  }

  public QuicChannel channel() {
    return channel;
  }

  Object connection() {
    return connection;
  }

  Optional<DatagramSink> sink() {
    return sink;
  }

  ByteBuffer receiveInfo() {
    return receiveInfo;
  }

  long receiveInfoAddress() {
    return receiveInfoAddress;
  }
}
