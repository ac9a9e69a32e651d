package org.vexor.masque.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.select.Wanted;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// A proxy whose clients come by other backends than recvmmsg.
@RequiresRoot
final class ProxyBackendTest {
  private static final int DATAGRAMS = 100;

  @ParameterizedTest
  @EnumSource(names = {"AF_XDP", "IO_URING"})
  void carriesTunnels(Wanted backend) {
    try (TwoHosts hosts = TwoHosts.create("vxpxb", new VirtualHosts.Options(1, 1_500, true, true));
        MasqueProxy proxy = hosts.proxy(hosts.proxySide().ipv4(), backend);
        DatagramSocket echo = hosts.echo(hosts.proxySide().ipv4());
        MasqueClient client =
            hosts.client(
                hosts.proxySide().ipv4(),
                proxy.localAddress().getPort(),
                options -> options.withVersions(HttpVersion.HTTP_3))) {
      PacketEngine engine = proxy.sockets().all().getFirst().engine();
      assertEquals(backend.backend(), Optional.of(engine.report().backend()));
      var box = new ClientLab.Box();
      UdpTunnel tunnel = client.open(TwoHosts.target(echo), box);
      ClientLab.open(tunnel);
      for (int i = 0; i < DATAGRAMS; i++) {
        ClientLab.echoes(tunnel, box, 1_000);
      }
      assertTrue(engine.counters().received() >= DATAGRAMS, engine.counters()::toString);
      assertEquals(backend.backend(), Optional.of(engine.report().backend()));
    }
  }
}
