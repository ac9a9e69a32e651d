package org.vexor.gossip.bootstrap;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.vexor.gossip.crds.IpAddress;
import org.vexor.packet.Endpoint;

/// Tells those who connect where they came from and which cluster this is; tries the ports that
/// they ask it to. A virtual thread for each connection, at most [#MAXIMUM_CONNECTIONS] of them.
public final class IpEchoServer implements AutoCloseable {
  /// More wait in the backlog of the kernel.
  public static final int MAXIMUM_CONNECTIONS = 64;

  private static final System.Logger LOG = System.getLogger(IpEchoServer.class.getName());
  private static final int QUESTION_TIMEOUT_MS = 5_000;
  private static final int PROBE_TIMEOUT_MS = 1_000;

  private final ServerSocket server;
  private final int shredVersion;
  private final Semaphore connections = new Semaphore(MAXIMUM_CONNECTIONS);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  private IpEchoServer(ServerSocket server, int shredVersion) {
    this.server = server;
    this.shredVersion = shredVersion;
  }

  /// Listens on an address, with the port number of gossip.
  ///
  /// @throws IOException when it cannot be bound
  public static IpEchoServer start(Endpoint bind, int shredVersion) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(bind.toSocketAddress());
    } catch (IOException e) {
      socket.close();
      throw new IOException("IP echo cannot listen on TCP " + bind + ": " + e.getMessage(), e);
    }
    var server = new IpEchoServer(socket, shredVersion);
    Thread.ofVirtual().name("ip-echo").start(server::accept);
    return server;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connections.acquire();
        Socket client = server.accept();
        Thread.ofVirtual().name("ip-echo-client").start(() -> serve(client));
      } catch (IOException e) {
        connections.release();
        if (!server.isClosed()) {
          LOG.log(System.Logger.Level.WARNING, "IP echo: {0}", e.getMessage());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(QUESTION_TIMEOUT_MS);
      byte[] question = client.getInputStream().readNBytes(IpEcho.REQUEST_BYTES);
      Optional<IpEcho.Ports> ports = IpEcho.readRequest(question);
      if (ports.isEmpty()) {
        refused.incrementAndGet();
        return;
      }
      InetAddress from = client.getInetAddress();
      probe(from, ports.get());
      IpAddress address = IpAddress.of(Endpoint.of(from, 0));
      client
          .getOutputStream()
          .write(IpEcho.response(new EchoAnswer(address, OptionalInt.of(shredVersion))));
      client.getOutputStream().flush();
      answered.incrementAndGet();
    } catch (IOException e) {
      refused.incrementAndGet(); // gone, or too slow
    } finally {
      connections.release();
    }
  }

  /// To TCP ports a connection, to UDP ports one byte, at the address that asks and no other.
  private static void probe(InetAddress from, IpEcho.Ports ports) {
    for (int port : ports.tcp()) {
      if (port != 0) {
        try (var socket = new Socket()) {
          socket.connect(new InetSocketAddress(from, port), PROBE_TIMEOUT_MS);
        } catch (IOException e) {
          LOG.log(System.Logger.Level.DEBUG, "IP echo: TCP {0} of {1} not open", port, from);
        }
      }
    }
    for (int port : ports.udp()) {
      if (port != 0) {
        try (var socket = new DatagramSocket()) {
          socket.send(new DatagramPacket(new byte[1], 1, from, port));
        } catch (IOException e) {
          LOG.log(System.Logger.Level.DEBUG, "IP echo: UDP {0} of {1} not reached", port, from);
        }
      }
    }
  }

  /// Where it listens.
  public Endpoint localEndpoint() {
    return Endpoint.of(server.getInetAddress(), server.getLocalPort());
  }

  /// How many were answered.
  public long answered() {
    return answered.get();
  }

  /// How many said nothing that is a question, or went away.
  public long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "IP echo did not close: {0}", e.getMessage());
    }
  }
}
