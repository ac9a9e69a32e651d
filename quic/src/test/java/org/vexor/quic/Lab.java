package org.vexor.quic;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.vexor.netty.PacketIoHandler;
import org.vexor.packet.PacketEngine;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.Ed25519Key;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;

/// Endpoints on loopback that go with the test.
public final class Lab implements AutoCloseable {
  public static final TlsIdentity SERVER_IDENTITY = TlsIdentity.solanaEphemeral(new SecureRandom());
  public static final TlsIdentity CLIENT_IDENTITY = TlsIdentity.solanaEphemeral(new SecureRandom());

  private static final long PATIENCE_SECONDS = 20;

  private final EventLoopGroup loops;
  private final List<QuicEndpoint> open = Collections.synchronizedList(new ArrayList<>());
  public final DatagramTransport transport;

  private Lab(EventLoopGroup loops, DatagramTransport transport) {
    this.loops = loops;
    this.transport = transport;
  }

  /// Over Netty's own sockets.
  public static Lab nio() {
    var loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    return new Lab(loops, DatagramTransport.of("nio", loops, NioDatagramChannel::new));
  }

  /// Over Vexor's engines; each endpoint is on an engine of its own, in turn.
  public static Lab ports(String name, int loopCount, Supplier<PacketEngine> engines) {
    return ports(name, loopCount, new DefaultThreadFactory(name, true), engines);
  }

  /// The same with the event loops' threads as the test wants them.
  public static Lab ports(
      String name, int loopCount, ThreadFactory threads, Supplier<PacketEngine> engines) {
    var loops =
        new MultiThreadIoEventLoopGroup(loopCount, threads, PacketIoHandler.newFactory(engines));
    return new Lab(loops, DatagramTransport.ports(name, loops));
  }

  /// The same, still without endpoints, with packets joined in a way of the test's own.
  Lab withSegments(SegmentedDatagramPacketAllocator segments) {
    return new Lab(loops, transport.withSegments(segments));
  }

  public static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public static Ed25519Key serverKey() {
    return SERVER_IDENTITY.ed25519().orElseThrow();
  }

  public QuicServer server(TlsOptions tls, EndpointOptions options, Application application) {
    return server(tls, options, ConnectionLimits.DEFAULT, application);
  }

  public QuicServer server(
      TlsOptions tls, EndpointOptions options, ConnectionLimits limits, Application application) {
    return serverAt(anyPort(), tls, options, limits, application);
  }

  public QuicServer serverAt(
      InetSocketAddress address,
      TlsOptions tls,
      EndpointOptions options,
      ConnectionLimits limits,
      Application application) {
    var server = QuicServer.bind(transport, address, 1, tls, options, limits, application);
    open.add(server);
    return server;
  }

  public QuicClient client(TlsOptions tls, EndpointOptions options) {
    return clientAt(anyPort(), tls, options);
  }

  public QuicClient clientAt(InetSocketAddress address, TlsOptions tls, EndpointOptions options) {
    var client = QuicClient.bind(transport, address, 1, tls, options);
    open.add(client);
    return client;
  }

  public static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  public static void await(String what, BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNs) {
        throw new AssertionError("waited in vain: " + what);
      }
      Thread.onSpinWait();
    }
  }

  /// Closes an endpoint with the lab, which did not make it.
  public void alsoClose(QuicEndpoint endpoint) {
    open.add(endpoint);
  }

  /// What a task gives on a connection's event loop.
  static <T> CompletionStage<T> on(QuicConnection connection, Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, connection.channel().eventLoop());
  }

  @Override
  public void close() {
    open.reversed().forEach(QuicEndpoint::close);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
