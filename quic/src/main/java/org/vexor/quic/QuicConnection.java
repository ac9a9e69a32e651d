package org.vexor.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicTransportParameters;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.vexor.quic.direct.DatagramSink;
import org.vexor.quic.direct.DirectConnection;
import org.vexor.quic.message.MessageSender;
import org.vexor.quic.message.TurnListener;
import org.vexor.quic.quiche.ChannelCalls;
import org.vexor.quic.quiche.QuicheCalls;
import org.vexor.quic.silence.SilenceTimes;
import org.vexor.quic.silence.SilentPeer;
import org.vexor.quic.tls.PeerIdentity;

/// A QUIC connection. Any thread, unless said otherwise; callbacks come on its event loop.
public final class QuicConnection {
  private final QuicChannel channel;
  private final boolean client;
  private final InetSocketAddress firstRemote;
  private final Duration ownIdleTimeout;
  private final ReceivePass pass;
  private final DatagramSender datagrams;
  private Optional<DatagramSink> sink = Optional.empty();
  private boolean delivering;
  private final CompletableFuture<QuicConnection> opened = new CompletableFuture<>();
  private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
  private volatile long signOfLifeNs = System.nanoTime();
  private volatile PeerIdentity peer = new PeerIdentity(List.of());
  private volatile Optional<CloseReason> localReason = Optional.empty();

  QuicConnection(
      QuicChannel channel,
      boolean client,
      InetSocketAddress remote,
      ReceivePass pass,
      EndpointOptions options) {
    this.channel = channel;
    this.client = client;
    this.firstRemote = remote;
    this.ownIdleTimeout = options.idleTimeout();
    this.pass = pass;
    this.datagrams = new DatagramSender(channel, pass, options, this::pathChanged);
  }

  /// Whether this side opened it.
  public boolean isClient() {
    return client;
  }

  /// The peer's address; where it was last when the connection is over.
  public InetSocketAddress remoteAddress() {
    return channel.remoteSocketAddress() instanceof InetSocketAddress now ? now : firstRemote;
  }

  /// Who the peer proved to be; nobody until the handshake is done.
  public PeerIdentity peer() {
    return peer;
  }

  /// The protocol agreed on (ALPN); empty until the handshake is done.
  public String applicationProtocol() {
    var engine = channel.sslEngine();
    String protocol = engine == null ? null : engine.getApplicationProtocol();
    return protocol == null ? "" : protocol;
  }

  /// Streams that the peer allows to open right now; often none until its first packet after the
  /// handshake.
  public long streamCredit(StreamKind kind) {
    return channel.peerAllowedStreams(kind.netty());
  }

  /// Whether a sign of life was given longer ago than that; if so, one is taken to be given now.
  boolean isSilentFor(Duration time) {
    long nowNs = System.nanoTime();
    boolean silent = nowNs - signOfLifeNs >= time.toNanos();
    if (silent) {
      signOfLifeNs = nowNs;
    }
    return silent;
  }

  /// Opens a stream. It fails when the peer allows no more, or the connection is over.
  public CompletionStage<QuicStream> openStream(StreamKind kind, StreamReceiver receiver) {
    var result = new CompletableFuture<QuicStream>();
    channel
        .createStream(kind.netty(), new StreamOpener(this, receiver))
        .addListener(
            (Future<QuicStreamChannel> future) -> {
              if (future.isSuccess()) {
                QuicStreamChannel stream = future.getNow();
                result.complete(stream.pipeline().get(StreamDriver.class).stream());
              } else {
                result.completeExceptionally(future.cause());
              }
            });
    return result;
  }

  /// Closes a stream's channel if QUIC has forgotten the stream, as both its sides are done. Netty
  /// keeps the channel for the life of the connection when a side was ended by STOP_SENDING or a
  /// reset. Event loop only.
  ///
  /// @return whether it was forgotten
  public boolean closeForgotten(QuicStreamChannel stream) {
    DirectConnection direct = channel.attr(DirectConnection.KEY).get();
    long address = direct == null ? -1 : direct.address();
    if (address == -1) {
      // Netty closes all streams with their connection.
      return true;
    }
    long id = stream.streamId();
    if (QuicheCalls.capacity(address, id) != QuicheCalls.INVALID_STREAM_STATE) {
      return false;
    }
    var _ = stream.close();
    ChannelCalls.forgetStream(channel, id);
    return true;
  }

  /// Sends messages on it, a unidirectional stream each; much cheaper than [#openStream]. To be
  /// called and used on the event loop, once the connection is open.
  ///
  /// @param underWay messages taken and not acknowledged, at most
  public <T> MessageSender<T> messages(int underWay, MessageSender.Outcome<T> outcome) {
    return new MessageSender<>(channel, underWay, outcome);
  }

  /// Sets who is told, on the event loop, that packets came, before the answers are made; one
  /// listener a connection, the last one set.
  public void onTurn(TurnListener listener) {
    channel.attr(TurnListener.KEY).set(listener);
  }

  /// Sets who takes its datagrams, past all handlers of its pipeline. To be called while the
  /// pipeline is put together, before the handshake is done.
  public void onDatagrams(DatagramSink newSink) {
    sink = Optional.of(newSink);
  }

  /// Event loop: a datagram came by Netty's pipeline.
  ///
  /// @param payload stays the caller's
  /// @return whether there is somebody to take it
  boolean deliver(ByteBuf payload) {
    datagrams.received();
    sink.ifPresent(taker -> taker.datagram(payload));
    delivering = sink.isPresent();
    return delivering;
  }

  /// Event loop: those that came together by Netty's pipeline have been delivered.
  void delivered() {
    if (delivering) {
      delivering = false;
      sink.ifPresent(DatagramSink::datagramsRead);
    }
  }

  /// What the straight way gets.
  private DatagramSink counted(DatagramSink taker) {
    return new DatagramSink() {
      @Override
      public void datagram(ByteBuf payload) {
        datagrams.received();
        taker.datagram(payload);
      }

      @Override
      public void datagramsRead() {
        taker.datagramsRead();
      }
    };
  }

  /// Watches over the peer from now on: when it is silent it is asked for a sign of life, and when
  /// its port turns out to be closed, or it answers nothing for long, the connection ends as
  /// [CloseReason.Kind#PEER_GONE]. That a port is closed is known only where the transport reports
  /// datagrams that came to nothing ([org.vexor.netty.PacketChannelConfig#REPORT_UNDELIVERED]), and
  /// only of peers that chose ids of 8 bytes at least. To be called on the event loop, once, when
  /// the connection is open; it takes the place of [#onTurn].
  ///
  /// @param sign sends something that the peer has to acknowledge; called on the event loop
  public void watchSilence(SilenceTimes times, Runnable sign) {
    SilentPeer peer =
        pass.silence()
            .add(
                channel.eventLoop(),
                new SilentPeer.Connection() {
                  @Override
                  public InetSocketAddress address() {
                    return remoteAddress();
                  }

                  @Override
                  public boolean isPeerId(byte[] id) {
                    return new QuicConnectionAddress(id).equals(channel.remoteAddress());
                  }

                  @Override
                  public void ask() {
                    sign.run();
                  }

                  @Override
                  public void gone(String why) {
                    closeAs(false, 0, new CloseReason(CloseReason.Kind.PEER_GONE, 0, why));
                  }
                },
                times);
    onTurn(peer::heard);
    channel.closeFuture().addListener(_ -> pass.silence().remove(peer));
  }

  /// Runs a task on the connection's event loop.
  ///
  /// @return false when that has ended, and the task will not run
  public boolean execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  /// Runs a task on the connection's event loop, so much later, if that has not ended by then.
  public void schedule(Runnable task, Duration delay) {
    try {
      var _ = channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // Ended: then the connection is over, and its handler has been told.
    }
  }

  /// After how much silence of both sides the connection is over (RFC 9000 §10.1).
  public Duration idleTimeout() {
    QuicTransportParameters peer = channel.peerTransportParameters();
    long peerMs = peer == null ? 0 : peer.maxIdleTimeout();
    return peerMs == 0 || peerMs > ownIdleTimeout.toMillis()
        ? ownIdleTimeout
        : Duration.ofMillis(peerMs);
  }

  /// Copies a datagram (RFC 9221) into the queue to be sent once, or never: congestion, loss and a
  /// full queue all drop it. Each drop on this side has its counter.
  ///
  /// @return whether it was queued
  public boolean sendDatagram(ByteBuffer payload) {
    return datagrams.offer(payload);
  }

  /// The same for a buffer that is given away, whatever comes of it; direct and contiguous, or it
  /// is copied.
  ///
  /// @return whether it was queued
  public boolean sendDatagram(ByteBuf payload) {
    return datagrams.offer(payload);
  }

  /// Copies a datagram in two parts, as [#sendDatagram(ByteBuffer)] does: the cheapest way when
  /// called on the event loop.
  ///
  /// @param payload read to its end, and stays the caller's
  /// @return whether it was queued
  public boolean sendDatagram(byte[] prefix, ByteBuf payload) {
    return datagrams.offer(prefix, payload);
  }

  /// The largest datagram that fits a packet now; it changes with the path. 0 when the peer takes
  /// none.
  public int maxDatagramBytes() {
    return datagrams.maxBytes();
  }

  /// Whether a datagram above [#maxDatagramBytes] is taken nevertheless: just after the handshake,
  /// while the path is being found out, it is kept for a moment, and goes out if it turns out to
  /// fit. Event loop; false elsewhere.
  public boolean holdsDatagram(int bytes) {
    return datagrams.holds(bytes);
  }

  public DatagramCounters datagramCounters() {
    return datagrams.counters();
  }

  /// What was moved so far. Fails when the connection is over.
  public CompletionStage<ConnectionStatistics> statistics() {
    var result = new CompletableFuture<ConnectionStatistics>();
    channel
        .collectStats()
        .addListener(
            (Future<QuicConnectionStats> total) ->
                channel
                    .collectPathStats(0)
                    .addListener(
                        (Future<QuicConnectionPathStats> path) -> {
                          if (total.isSuccess() && path.isSuccess()) {
                            result.complete(
                                ConnectionStatistics.of(
                                    total.getNow(), path.getNow(), datagrams.counters()));
                          } else {
                            Throwable cause = total.isSuccess() ? path.cause() : total.cause();
                            result.completeExceptionally(cause);
                          }
                        }));
    return result;
  }

  /// Ends the connection; the peer's application is told `code` and `text`.
  public void close(int code, String text) {
    closeAs(true, code, new CloseReason(CloseReason.Kind.LOCAL, code, text));
  }

  void closeAs(boolean byApplication, int code, CloseReason reason) {
    if (localReason.isEmpty()) {
      localReason = Optional.of(reason);
    }
    ByteBuf text = Unpooled.copiedBuffer(reason.text(), StandardCharsets.UTF_8);
    var _ = channel.close(byApplication, code, text);
  }

  /// Done when the connection is over, however it ended.
  public CompletionStage<CloseReason> closed() {
    return closed.minimalCompletionStage();
  }

  public boolean isOpen() {
    return channel.isOpen();
  }

  /// Netty's channel of this connection, for handlers such as those of HTTP/3.
  public QuicChannel channel() {
    return channel;
  }

  CompletableFuture<QuicConnection> opened() {
    return opened;
  }

  private void pathChanged() {
    channel.pipeline().fireUserEventTriggered(PathChanged.INSTANCE);
  }

  /// Event in a connection's pipeline: the largest datagram is another one now.
  public enum PathChanged {
    INSTANCE
  }

  DatagramSender datagrams() {
    return datagrams;
  }

  Optional<CloseReason> localReason() {
    return localReason;
  }

  void established(PeerIdentity identity) {
    peer = identity;
    var direct = new DirectConnection(channel, sink.map(this::counted));
    channel.attr(DirectConnection.KEY).set(direct);
    datagrams.open(direct);
  }

  void over(CloseReason reason) {
    datagrams.close();
    closed.complete(reason);
    opened.completeExceptionally(new ConnectException(firstRemote, reason));
  }

  @Override
  public String toString() {
    return (client ? "connection to " : "connection from ") + remoteAddress();
  }
}
