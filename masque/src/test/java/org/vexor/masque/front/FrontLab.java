package org.vexor.masque.front;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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
import org.vexor.masque.proxy.tunnel.AccessLog;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.PortLoops;

/// A proxy that serves 127.0.0.1, a client of it, and something that answers behind it.
final class FrontLab implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  final MasqueLab lab = new MasqueLab();

  /// Netty's own channels on the JDK's send no empty datagrams.
  final PortLoops ports =
      PortLoops.start(
          "front-lab", 1, () -> PacketEngines.local(new EngineOptions(2_048, 512, 256)));

  final MasqueProxy proxy;
  final MasqueClient client;
  final DatagramSocket echo;

  FrontLab() throws IOException {
    this(options -> options);
  }

  FrontLab(UnaryOperator<ClientOptions> change) throws IOException {
    ProxyLimits limits = ProxyLimits.DEFAULT;
    proxy =
        lab.also(
            MasqueProxy.start(
                new ProxyOptions(
                    "lab",
                    MasqueLab.anyPort(),
                    MasqueLab.serverTls(),
                    1,
                    true,
                    true,
                    ProxyOptions.quic(limits.streamsPerConnection())),
                new ProxySettings(
                    List.of(UriTemplate.ofProxy("https://localhost")),
                    Set.of(Transport.UDP, Transport.TCP),
                    AccessList.everybody(),
                    new AddressPolicy(List.of(Rule.parse("127.0.0.0/8")), List.of(), Set.of()),
                    limits,
                    false),
                new SystemResolver(Duration.ofSeconds(5), 8),
                AccessLog.NONE),
            MasqueProxy::close);
    String url = "https://127.0.0.1:" + proxy.localAddress().getPort();
    client =
        lab.also(
            MasqueClient.start(
                change.apply(ClientOptions.of(UriTemplate.ofProxy(url), MasqueLab.clientTls())),
                Optional.of(ports.transport()),
                Optional.of(TcpTransport.nio(lab.loops()))),
            MasqueClient::close);
    echo = lab.also(new DatagramSocket(MasqueLab.anyPort()), DatagramSocket::close);
    Thread.ofVirtual().start(() -> echo(echo));
  }

  /// Sends all back until the socket is closed.
  private static void echo(DatagramSocket socket) {
    var packet = new DatagramPacket(new byte[0x10000], 0x10000);
    try {
      while (!socket.isClosed()) {
        packet.setLength(0x10000);
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (SocketException _) {
      // Closed, as the test is over.
    } catch (IOException e) {
      throw new AssertionError("the echo failed", e);
    }
  }

  /// A local program's socket.
  DatagramSocket program() throws SocketException {
    var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(PATIENCE_MS);
    return lab.also(socket, DatagramSocket::close);
  }

  /// Sends, and gives the next datagram that comes.
  static byte[] ask(DatagramSocket socket, InetSocketAddress to, byte[] payload)
      throws IOException {
    socket.send(new DatagramPacket(payload, payload.length, to));
    return receive(socket);
  }

  static byte[] receive(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[0x10000], 0x10000);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @Override
  public void close() {
    lab.close();
    ports.close();
  }
}
