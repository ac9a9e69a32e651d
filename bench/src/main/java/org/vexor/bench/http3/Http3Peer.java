package org.vexor.bench.http3;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.vexor.bench.netty.Transport;
import org.vexor.netty.PacketDatagramChannel;

/// One end: `server download|echo TRANSPORT INTERFACE ADDRESS:PORT KEYS PASSWORD`, or `client
/// download|echo TRANSPORT INTERFACE ADDRESS:PORT KEYS PASSWORD WARM-UP-BYTES BYTES` with the
/// server's address. KEYS is a PKCS #12 file with the server's key and certificate, which the
/// client trusts.
///
/// The server runs until it is ended; the client exchanges twice, the first time as warm-up, and
/// ends with 1 when bytes came out wrong.
public final class Http3Peer {
  private static final int MAX_UDP_PAYLOAD_BYTES = 1_452;
  private static final long CONNECTION_WINDOW_BYTES = 8 << 20;
  private static final long STREAM_WINDOW_BYTES = 4 << 20;
  private static final String ECHO = "echo";

  private final String job;
  private final Transport transport;
  private final InetSocketAddress address;
  private final KeyStore keys;
  private final char[] password;
  private final Content content = new Content();

  private Http3Peer(List<String> arguments) throws Exception {
    job = arguments.get(1);
    transport = Transport.of(arguments.get(2), arguments.get(3));
    String[] parts = arguments.get(4).split(":", -1);
    address = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    password = arguments.get(6).toCharArray();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(Path.of(arguments.get(5)))) {
      keys.load(file, password);
    }
  }

  /// Runs one end.
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    var peer = new Http3Peer(given);
    if (given.getFirst().equals("server")) {
      peer.serve();
    } else {
      boolean equal = peer.fetch(Long.parseLong(given.get(7)));
      equal &= peer.fetch(Long.parseLong(given.get(8)));
      System.exit(equal ? 0 : 1);
    }
  }

  private boolean echoes() {
    return job.equals(ECHO);
  }

  private <B extends QuicCodecBuilder<B>> B limits(B builder) {
    return builder
        .maxIdleTimeout(10, TimeUnit.SECONDS)
        .maxSendUdpPayloadSize(MAX_UDP_PAYLOAD_BYTES)
        .initialMaxData(CONNECTION_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW_BYTES)
        .initialMaxStreamsBidirectional(100);
  }

  private String[] protocols() {
    return echoes() ? new String[] {ECHO} : Http3.supportedApplicationProtocols();
  }

  private void serve() throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, password);
    QuicServerCodecBuilder codec =
        limits(echoes() ? new QuicServerCodecBuilder() : Http3.newQuicServerCodecBuilder())
            .sslContext(
                QuicSslContextBuilder.forServer(own, new String(password))
                    .applicationProtocols(protocols())
                    .build())
            .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
            .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, transport.segments());
    if (echoes()) {
      codec.streamHandler(streams(() -> new StreamEcho(transport.name())));
    } else {
      codec.handler(
          connections(
              () ->
                  new Http3ServerConnectionHandler(
                      streams(() -> new FileServer(content, transport.name())))));
    }
    Channel channel = transport.bootstrap().handler(codec.build()).bind(address).sync().channel();
    System.out.println("ready");
    channel.closeFuture().sync();
  }

  private static ChannelHandler streams(Supplier<ChannelHandler> handler) {
    return new ChannelInitializer<QuicStreamChannel>() {
      @Override
      protected void initChannel(QuicStreamChannel stream) {
        stream.pipeline().addLast(handler.get());
      }
    };
  }

  private static ChannelHandler connections(Supplier<ChannelHandler> handler) {
    return new ChannelInitializer<QuicChannel>() {
      @Override
      protected void initChannel(QuicChannel connection) {
        connection.pipeline().addLast(handler.get());
      }
    };
  }

  private boolean fetch(long bytes) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    QuicClientCodecBuilder codec =
        limits(echoes() ? new QuicClientCodecBuilder() : Http3.newQuicClientCodecBuilder())
            .sslContext(
                QuicSslContextBuilder.forClient()
                    .trustManager(trust)
                    .endpointIdentificationAlgorithm("")
                    .applicationProtocols(protocols())
                    .build());
    Channel channel = transport.bootstrap().handler(codec.build()).bind(0).sync().channel();
    QuicChannel connection =
        QuicChannel.newBootstrap(channel)
            .handler(
                connections(
                    () ->
                        echoes()
                            ? new ChannelInboundHandlerAdapter()
                            : new Http3ClientConnectionHandler()))
            .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, transport.segments())
            .remoteAddress(address)
            .connect()
            .get();
    boolean equal =
        echoes()
            ? EchoCheck.run(connection, content, transport.name(), bytes)
            : Fetch.run(connection, transport.name(), address.getHostString(), bytes);
    if (channel instanceof PacketDatagramChannel ours) {
      System.err.println(ours.report().map(Object::toString).orElse(""));
    }
    connection.close().sync();
    channel.close().sync();
    return equal;
  }
}
