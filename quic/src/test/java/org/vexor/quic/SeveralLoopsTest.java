package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.TlsOptions;

/// A server on two engines that share a port, with clients that move.
final class SeveralLoopsTest {
  private static final int CLIENTS = 12;

  private final Lab lab = Lab.ports("udp", 2, () -> PacketEngines.local(EngineOptions.DEFAULT));
  private final List<Relay> relays = new ArrayList<>();

  @AfterEach
  void closeAll() {
    lab.close();
    relays.forEach(Relay::close);
  }

  /// A NAT: passes datagrams of one client on, from a port that changes when the test says so.
  private static final class Relay implements AutoCloseable {
    private final DatagramSocket inside = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final InetSocketAddress server;
    private volatile DatagramSocket outside =
        new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile InetSocketAddress client = new InetSocketAddress(0);

    private Relay(InetSocketAddress server) throws IOException {
      this.server = server;
      Thread.ofVirtual().start(this::outwards);
      inwards(outside);
    }

    private InetSocketAddress address() {
      return new InetSocketAddress(inside.getLocalAddress(), inside.getLocalPort());
    }

    private void outwards() {
      var packet = new DatagramPacket(new byte[2_048], 2_048);
      try {
        while (true) {
          packet.setLength(2_048);
          inside.receive(packet);
          client = (InetSocketAddress) packet.getSocketAddress();
          outside.send(new DatagramPacket(packet.getData(), packet.getLength(), server));
        }
      } catch (IOException e) {
        // The test closed the socket.
      }
    }

    private void inwards(DatagramSocket from) {
      Thread.ofVirtual()
          .start(
              () -> {
                var packet = new DatagramPacket(new byte[2_048], 2_048);
                try {
                  while (true) {
                    packet.setLength(2_048);
                    from.receive(packet);
                    inside.send(new DatagramPacket(packet.getData(), packet.getLength(), client));
                  }
                } catch (IOException e) {
                  // The port was given up.
                }
              });
    }

    private void move() throws IOException {
      DatagramSocket old = outside;
      var next = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      inwards(next);
      outside = next;
      old.close();
    }

    @Override
    public void close() {
      inside.close();
      outside.close();
    }
  }

  @Test
  void packetsFindTheirConnectionAfterTheClientMoved() throws Exception {
    var accepted = Collections.synchronizedList(new ArrayList<QuicConnection>());
    QuicServer server =
        QuicServer.bind(
            lab.transport.withOption(UnixChannelOption.SO_REUSEPORT, true),
            Lab.anyPort(),
            2,
            TlsOptions.solana(Lab.SERVER_IDENTITY),
            EndpointOptions.DEFAULT,
            ConnectionLimits.DEFAULT.withConnections(100, 100),
            new Application.Callbacks(
                connection -> {
                  accepted.add(connection);
                  return new Recorder();
                }));
    lab.alsoClose(server);
    assertEquals(server.localAddresses().getFirst(), server.localAddresses().getLast());
    QuicClient client = lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), EndpointOptions.DEFAULT);
    var connections = new ArrayList<QuicConnection>();
    for (int i = 0; i < CLIENTS; i++) {
      var relay = new Relay(server.localAddress());
      relays.add(relay);
      connections.add(
          Lab.await(
              client.connect(
                  ConnectRequest.pinned(
                      relay.address(), Lab.serverKey(), Application.sendOnly()))));
    }
    Set<Thread> threads = new HashSet<>();
    for (QuicConnection connection : accepted) {
      threads.add(Lab.await(Lab.on(connection, Thread::currentThread)));
    }
    assertEquals(2, threads.size(), "both loops got connections");
    for (int round = 0; round < 4; round++) {
      for (QuicConnection connection : connections) {
        echo(connection);
      }
      for (Relay relay : relays) {
        relay.move();
      }
    }
    assertTrue(connections.stream().allMatch(QuicConnection::isOpen));
    assertEquals(CLIENTS, server.counters().established());
  }

  private static void echo(QuicConnection connection) throws Exception {
    var side = new Recorder();
    QuicStream stream =
        Lab.await(connection.openStream(StreamKind.BIDIRECTIONAL, side.new Collector(false)));
    stream.finish(ByteBuffer.wrap(new byte[5_000]));
    stream.flush();
    Lab.await("echo", () -> !side.streams.isEmpty());
    assertEquals(5_000, side.streams.element().length);
  }
}
