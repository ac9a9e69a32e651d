package org.vexor.masque.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http1.Http1Connection;
import org.vexor.masque.http2.Http2Connection;
import org.vexor.masque.http2.Http2Options;
import org.vexor.masque.http3.Http3Connection;
import org.vexor.masque.http3.Http3Options;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.AddressPolicy;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.request.ProxySettings;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.masque.proxy.resolve.HostResolver;
import org.vexor.masque.proxy.tunnel.TunnelRecord;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.QuicClient;
import org.vexor.quic.tls.TcpTlsContext;

/// A proxy on loopback, its clients over each HTTP version, and UDP targets that echo.
final class ProxyLab implements AutoCloseable {
  static final UriTemplate TEMPLATE = UriTemplate.ofProxy("https://localhost");
  static final Rule LOOPBACK = Rule.parse("127.0.0.0/8");

  private final MasqueLab lab = new MasqueLab();
  final Queue<TunnelRecord> records = new ConcurrentLinkedQueue<>();

  MasqueProxy start(ProxySettings settings, HostResolver resolver) {
    var options =
        new ProxyOptions(
            "lab",
            MasqueLab.anyPort(),
            MasqueLab.serverTls(),
            1,
            true,
            true,
            ProxyOptions.quic(settings.limits().streamsPerConnection()));
    return lab.also(
        MasqueProxy.start(options, settings, resolver, records::add), MasqueProxy::close);
  }

  static ProxySettings settings(AccessList access, ProxyLimits limits, Rule... allow) {
    return new ProxySettings(
        List.of(TEMPLATE),
        Set.of(Transport.UDP, Transport.TCP),
        access,
        new AddressPolicy(List.of(allow), List.of(), AddressPolicy.ownAddresses()),
        limits,
        false);
  }

  /// A connection of a client.
  interface Requests extends AutoCloseable {
    void send(RequestHead head, ResponseHandler handler);

    /// Without a word on the streams.
    @Override
    void close();

    default RecordedTunnel udp(UdpTarget target) {
      return udp(target, FieldLines.EMPTY);
    }

    default RecordedTunnel udp(UdpTarget target, FieldLines fields) {
      var tunnel = new RecordedTunnel();
      send(RequestHead.connectUdp("localhost", TEMPLATE.path(target), fields), tunnel);
      return tunnel;
    }
  }

  Requests client(HttpVersion version, MasqueProxy proxy) throws Exception {
    return switch (version) {
      case HTTP_3 -> http3(proxy, Http3Options.CLIENT);
      case HTTP_2 -> {
        Http2Connection connection =
            tcp(
                version,
                proxy.localAddress(),
                channel -> Http2Connection.client(channel, Http2Options.CLIENT));
        yield of(connection::request, connection::close);
      }
      case HTTP_1_1 -> {
        Channel channel = tcp(version, proxy.localAddress(), own -> own);
        yield of(
            (head, handler) ->
                channel.eventLoop().execute(() -> Http1Connection.request(channel, head, handler)),
            () -> channel.close().syncUninterruptibly());
      }
    };
  }

  Requests http3(MasqueProxy proxy, Http3Options options) throws Exception {
    var opened = new CompletableFuture<Http3Connection>();
    QuicClient endpoint = lab.client(ProxyOptions.quic(100));
    var _ =
        MasqueLab.await(
            endpoint.connect(
                ConnectRequest.named(
                    proxy.localAddress(),
                    "localhost",
                    Http3Connection.client(options, opened::complete))));
    Http3Connection connection = MasqueLab.await(opened);
    return of(connection::request, () -> connection.quic().close(0, "killed"));
  }

  private interface Sender {
    void send(RequestHead head, ResponseHandler handler);
  }

  private static Requests of(Sender sender, Runnable close) {
    return new Requests() {
      @Override
      public void send(RequestHead head, ResponseHandler handler) {
        sender.send(head, handler);
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }

  /// @param agreed sets up the channel as soon as the handshake is done, before anything is read
  <T> T tcp(HttpVersion version, InetSocketAddress to, Function<Channel, T> agreed)
      throws Exception {
    TcpTlsContext tls =
        TcpTlsContext.client(
            MasqueLab.clientTls().withApplicationProtocols(List.of(version.alpn())));
    var ready = new CompletableFuture<T>();
    var dialled =
        new Bootstrap()
            .group(lab.loops())
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    SslHandler handler = tls.connect(channel.alloc(), "localhost", to.getPort());
                    channel.pipeline().addLast(handler);
                    handler
                        .handshakeFuture()
                        .addListener(
                            done -> {
                              if (done.isSuccess()) {
                                ready.complete(agreed.apply(channel));
                              } else {
                                ready.completeExceptionally(done.cause());
                              }
                            });
                  }
                })
            .connect(to);
    lab.also(dialled.channel(), channel -> channel.close().syncUninterruptibly());
    return MasqueLab.await(ready);
  }

  /// A target that sends all back, and beside each answer one of `extra` bytes when that is not 0.
  UdpTarget echo(InetAddress address, int extra) throws IOException {
    var socket = lab.also(new DatagramSocket(0, address), DatagramSocket::close);
    Thread _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  var packet = new DatagramPacket(new byte[65_535], 65_535);
                  try {
                    while (true) {
                      socket.receive(packet);
                      if (extra > 0) {
                        socket.send(
                            new DatagramPacket(new byte[extra], extra, packet.getSocketAddress()));
                      }
                      socket.send(packet);
                      packet.setLength(65_535);
                    }
                  } catch (IOException e) {
                    // Closed with the lab.
                  }
                });
    return UdpTarget.of(address, socket.getLocalPort());
  }

  UdpTarget echo() throws IOException {
    return echo(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public void close() {
    lab.close();
  }
}
