package org.vexor.node.masque.doctor;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.link.Destination;
import org.vexor.masque.link.Dialer;
import org.vexor.masque.link.Http3Dialer;
import org.vexor.masque.link.QuicEndpoints;
import org.vexor.masque.link.TcpDialer;
import org.vexor.masque.link.TcpTransport;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.doctor.Remedy;
import org.vexor.packet.doctor.State;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.PortLoops;

/// Examines a proxy. It blocks for as long as that takes: some milliseconds where all is well, some
/// seconds where nothing answers.
public final class ProxyDoctor implements AutoCloseable {
  /// Longer than any packet of QUIC on Ethernet; a handful of them.
  private static final EngineOptions ENGINE = new EngineOptions(2_048, 256, 256);

  private static final long QUIET_MS = 20;
  private static final double NS_A_MS = 1e6;

  private final ClientOptions options;
  private final Destination proxy;
  private final PortLoops packets;
  private final EventLoopGroup tcp;
  private final QuicEndpoints endpoints;

  private ProxyDoctor(ClientOptions options) {
    this.options = options;
    proxy = new Destination(options.template().host(), options.template().port());
    packets = PortLoops.start("doctor-packets", 1, () -> PacketEngines.local(ENGINE));
    endpoints = new QuicEndpoints(packets.transport(), options.tls(), options.quic());
    tcp =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("doctor-tcp", true), NioIoHandler.newFactory());
  }

  /// Examines.
  ///
  /// @param options as for the client that would use the proxy
  /// @param echo something behind the proxy that sends back what it gets
  /// @throws org.vexor.packet.PortException when no engine opens
  public static ProxyDiagnosis examine(ClientOptions options, Optional<UdpTarget> echo)
      throws InterruptedException {
    try (var doctor = new ProxyDoctor(options)) {
      return doctor.examine(echo);
    }
  }

  private ProxyDiagnosis examine(Optional<UdpTarget> echo) throws InterruptedException {
    var findings = new ArrayList<Finding>();
    var usable = new ArrayList<HttpVersion>();
    List<InetAddress> addresses = resolve(findings);
    if (!addresses.isEmpty()) {
      for (HttpVersion version : options.versions()) {
        var check =
            new VersionCheck(options, version, addresses, dialer(version), echo, findings::add);
        if (check.run()) {
          usable.add(version);
        }
      }
    }
    return new ProxyDiagnosis(options.template().authority(), findings, options.versions(), usable);
  }

  private List<InetAddress> resolve(List<Finding> findings) {
    String host = proxy.host();
    long beganNs = System.nanoTime();
    try {
      List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
      String all =
          addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
      findings.add(
          Finding.of(
              "dns",
              State.OK,
              all.equals(host) ? host : host + " is " + all,
              all.equals(host)
                  ? "an address, no name to look up"
                  : "looked up in %.1f ms".formatted((System.nanoTime() - beganNs) / NS_A_MS)));
      return addresses;
    } catch (UnknownHostException _) {
      findings.add(
          Finding.of(
              "dns",
              State.PROBLEM,
              host + " does not resolve",
              "the proxy cannot be found by that name",
              Remedy.advice("correct the name in --proxy, or mend this host's resolver"),
              Remedy.advice("give the proxy's address, with --ca or --proxy-key to know it by")));
      return List.of();
    }
  }

  private Dialer dialer(HttpVersion version) {
    var handshake = options.times().handshake();
    return switch (version) {
      case HTTP_3 -> new Http3Dialer(proxy, endpoints::of, options.http3(), handshake);
      case HTTP_2, HTTP_1_1 ->
          new TcpDialer(proxy, TcpTransport.nio(tcp), options.tls(), List.of(version), handshake);
    };
  }

  @Override
  public void close() {
    endpoints.close();
    var _ = tcp.shutdownGracefully(0, QUIET_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    packets.close();
  }
}
