package org.vexor.masque.tunnel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.client.MasqueClient;
import org.vexor.masque.link.TcpTransport;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.ProxyOptions;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.AddressPolicy;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.request.ProxySettings;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.masque.proxy.resolve.SystemResolver;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.DatagramTransport;
import org.vexor.quic.EndpointOptions;

/// Our proxy and our client of it, on loopback.
final class TunnelLab implements AutoCloseable {
  private final MasqueLab lab = new MasqueLab();

  MasqueLab base() {
    return lab;
  }

  /// Lets clients reach what is on loopback.
  MasqueProxy proxy(EndpointOptions quic) {
    return proxy(quic, 0);
  }

  MasqueProxy proxy(EndpointOptions quic, int port) {
    var settings =
        new ProxySettings(
            List.of(UriTemplate.ofProxy("https://127.0.0.1")),
            Set.of(Transport.UDP),
            AccessList.everybody(),
            new AddressPolicy(
                List.of(Rule.parse("127.0.0.0/8")), List.of(), AddressPolicy.ownAddresses()),
            ProxyLimits.DEFAULT,
            false);
    var options =
        new ProxyOptions(
            "lab",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            MasqueLab.serverTls(),
            1,
            true,
            true,
            quic);
    return lab.also(
        MasqueProxy.start(options, settings, new SystemResolver(Duration.ofSeconds(5), 4), _ -> {}),
        MasqueProxy::close);
  }

  MasqueClient client(MasqueProxy proxy, DatagramTransport udp, EndpointOptions quic) {
    var template = UriTemplate.ofProxy("https://127.0.0.1:" + proxy.localAddress().getPort());
    return lab.also(
        MasqueClient.start(
            ClientOptions.of(template, MasqueLab.clientTls()).withQuic(quic),
            Optional.of(udp),
            Optional.<TcpTransport>empty()),
        MasqueClient::close);
  }

  @Override
  public void close() {
    lab.close();
  }
}
