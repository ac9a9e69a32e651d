package org.vexor.masque;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vexor.masque.http.HttpVersion;
import org.vexor.quic.Application;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.DatagramTransport;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.QuicClient;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicServer;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;

/// QUIC endpoints on loopback that speak HTTP/3 and go with the test.
public final class MasqueLab implements AutoCloseable {
  public static final TlsIdentity SERVER_IDENTITY = TlsIdentity.solanaEphemeral(new SecureRandom());

  private static final long PATIENCE_SECONDS = 20;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final List<Runnable> open = Collections.synchronizedList(new ArrayList<>());

  public final DatagramTransport transport =
      DatagramTransport.of("nio", loops, NioDatagramChannel::new);

  public EventLoopGroup loops() {
    return loops;
  }

  public static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public static TlsOptions serverTls() {
    return TlsOptions.of(HttpVersion.HTTP_3.alpn()).withIdentity(SERVER_IDENTITY);
  }

  public static TlsOptions clientTls() {
    return TlsOptions.of(HttpVersion.HTTP_3.alpn())
        .withTrust(new PeerTrust.PinnedKey(SERVER_IDENTITY.ed25519().orElseThrow()));
  }

  public QuicServer server(EndpointOptions options, Application application) {
    return also(
        QuicServer.bind(
            transport, anyPort(), 1, serverTls(), options, ConnectionLimits.DEFAULT, application),
        QuicServer::close);
  }

  public QuicClient client(EndpointOptions options) {
    return also(QuicClient.bind(transport, anyPort(), 1, clientTls(), options), QuicClient::close);
  }

  public QuicConnection connect(EndpointOptions options, QuicServer server, Application application)
      throws Exception {
    return await(
        client(options)
            .connect(ConnectRequest.named(server.localAddress(), "localhost", application)));
  }

  /// Closed with the lab.
  public <T> T also(T resource, Consumer<T> close) {
    open.add(() -> close.accept(resource));
    return resource;
  }

  public static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  public static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  public static void await(Supplier<String> what, BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNs) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    open.reversed().forEach(Runnable::run);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
