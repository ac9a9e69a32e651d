package org.vexor.quic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelBootstrap;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import org.vexor.quic.tls.PeerIdentity;
import org.vexor.quic.tls.TlsContext;
import org.vexor.quic.tls.TlsOptions;

/// Opens connections, all from the same few UDP ports: one a channel.
public final class QuicClient extends QuicEndpoint {
  private static final AttributeKey<ConnectRequest> REQUEST =
      AttributeKey.valueOf(QuicClient.class, "request");
  private static final AttributeKey<ReceivePass> PASS =
      AttributeKey.valueOf(QuicClient.class, "pass");

  private final EndpointOptions options;
  private final TlsContext tls;
  private final AtomicInteger nextChannel = new AtomicInteger();
  private final ChannelSet channels;

  private QuicClient(
      DatagramTransport transport,
      InetSocketAddress local,
      int channelCount,
      TlsOptions tls,
      EndpointOptions options) {
    super(transport);
    this.options = options;
    this.tls = TlsContext.client(tls);
    this.channels = ChannelSet.bind(transport, local, channelCount, false, this::codec);
  }

  /// Binds the ports.
  ///
  /// @param local where to; with more than one channel the port must be 0
  /// @param channelCount ports, and event loops if there are that many
  /// @throws IllegalStateException when the address cannot be bound
  public static QuicClient bind(
      DatagramTransport transport,
      InetSocketAddress local,
      int channelCount,
      TlsOptions tls,
      EndpointOptions options) {
    return new QuicClient(transport, local, channelCount, tls, options);
  }

  private ChannelHandler codec() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        var pass = new ReceivePass();
        channel.attr(PASS).set(pass);
        channel
            .pipeline()
            .addLast(
                pass, Codecs.client(options).sslEngineProvider(QuicClient.this::engine).build());
      }
    };
  }

  private QuicSslEngine engine(QuicChannel connection) {
    ConnectRequest request = connection.attr(REQUEST).get();
    return tls.connect(
        connection.alloc(), request.serverName(), request.remote().getPort(), request.pin());
  }

  /// Connects. The stage is done when the handshake is, with [ConnectException] when it failed.
  public CompletionStage<QuicConnection> connect(ConnectRequest request) {
    Channel channel = channels.get(nextChannel.getAndIncrement());
    var opening = new Opening(request, channel.attr(PASS).get());
    QuicChannelBootstrap bootstrap =
        QuicChannel.newBootstrap(channel)
            .remoteAddress(request.remote())
            .attr(REQUEST, request)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(request.timeout().toMillis()))
            .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, transport().segments())
            .handler(opening);
    options
        .qlogFolder()
        .ifPresent(folder -> bootstrap.option(QuicChannelOption.QLOG, Codecs.qlog(folder)));
    counters().addStarted();
    bootstrap.connect().addListener((Future<QuicChannel> future) -> opening.done(future));
    return opening.opened.minimalCompletionStage();
  }

  /// One connection that is being opened.
  private final class Opening extends ChannelInitializer<QuicChannel>
      implements ConnectionDriver.Guard {
    private final ConnectRequest request;
    private final ReceivePass pass;
    private final CompletableFuture<QuicConnection> opened = new CompletableFuture<>();
    private Optional<ConnectionDriver> driver = Optional.empty();

    private Opening(ConnectRequest request, ReceivePass pass) {
      this.request = request;
      this.pass = pass;
    }

    @Override
    protected void initChannel(QuicChannel channel) {
      var connection = new QuicConnection(channel, true, request.remote(), pass, options);
      var _ = connection.opened().whenComplete(this::pass);
      driver = Optional.of(ConnectionSetup.add(connection, request.application(), this));
    }

    private void pass(QuicConnection connection, Throwable failure) {
      if (failure == null) {
        opened.complete(connection);
      } else {
        opened.completeExceptionally(failure);
      }
    }

    private void done(Future<QuicChannel> future) {
      if (!future.isSuccess()) {
        if (driver.isPresent()) {
          driver.get().failed(future.cause());
        } else {
          opened.completeExceptionally(future.cause());
        }
      }
    }

    @Override
    public Optional<PeerIdentity> verify(SSLEngine engine) {
      return tls.verify(engine);
    }

    @Override
    public boolean establish() {
      counters().addEstablished();
      return true;
    }

    @Override
    public void over(CloseReason reason) {
      counters().addEnded(reason.kind());
    }
  }

  @Override
  ChannelSet channels() {
    return channels;
  }
}
