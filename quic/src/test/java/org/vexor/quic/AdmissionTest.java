package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.quic.admission.AdmissionOutcome;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.admission.RetryPolicy;
import org.vexor.quic.tls.TlsOptions;

/// What a server does with Initials that an attacker made.
final class AdmissionTest {
  private static final int RECEIVE_TIMEOUT_MS = 5_000;
  private static final long PAGE_BYTES = 4_096;
  private static final int AT_ONCE = 25;
  private static final byte[] NO_TOKEN = {};
  private static final ConnectionLimits PROVE =
      ConnectionLimits.DEFAULT.withRetry(RetryPolicy.ALWAYS);

  private final Lab lab = Lab.nio();
  private final Random random = new Random(7);
  private DatagramSocket attacker;
  private InitialForge forge;

  @BeforeEach
  void captureAClientHello() throws Exception {
    attacker = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    attacker.setSoTimeout(RECEIVE_TIMEOUT_MS);
    QuicClient victim = lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), EndpointOptions.DEFAULT);
    var _ =
        victim.connect(
            ConnectRequest.named(
                    new InetSocketAddress(attacker.getLocalAddress(), attacker.getLocalPort()),
                    "",
                    Application.sendOnly())
                .withTimeout(Duration.ofMillis(1)));
    forge = InitialForge.capture(attacker);
  }

  @AfterEach
  void closeAll() {
    attacker.close();
    lab.close();
  }

  private QuicServer server(ConnectionLimits limits) {
    return lab.server(
        TlsOptions.solana(Lab.SERVER_IDENTITY),
        EndpointOptions.DEFAULT,
        limits,
        Application.sendOnly());
  }

  private byte[] connectionId() {
    var id = new byte[20];
    random.nextBytes(id);
    return id;
  }

  private static void send(DatagramSocket from, QuicServer to, byte[] packet) throws IOException {
    from.send(new DatagramPacket(packet, packet.length, to.localAddress()));
  }

  /// Leftovers of other connections are passed over.
  private static InitialForge.Retry retry(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[2048], 2048);
    do {
      socket.receive(packet);
    } while ((packet.getData()[0] & 0xf0) != 0xf0);
    return InitialForge.Retry.parse(packet.getData(), packet.getLength());
  }

  private InitialForge.Retry askForRetry(QuicServer server) throws Exception {
    send(attacker, server, forge.initial(connectionId(), NO_TOKEN));
    return retry(attacker);
  }

  private static void awaitCount(QuicServer server, AdmissionOutcome outcome, long count) {
    Lab.await(outcome + " " + count, () -> server.admission().count(outcome) == count);
  }

  @Test
  void aClientThatProvesItsAddressIsLetIn() throws Exception {
    QuicServer server = server(PROVE);
    QuicConnection connection =
        Lab.await(
            lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), EndpointOptions.DEFAULT)
                .connect(
                    ConnectRequest.pinned(
                        server.localAddress(), Lab.serverKey(), Application.sendOnly())));
    awaitCount(server, AdmissionOutcome.ESTABLISHED, 1);
    assertEquals(1, server.admission().count(AdmissionOutcome.RETRY_SENT));
    connection.close(0, "");
    Lab.await("place given back", () -> server.admission().connections() == 0);
  }

  @Test
  void aTokenOpensOneConnection() throws Exception {
    QuicServer server = server(PROVE);
    InitialForge.Retry retry = askForRetry(server);
    send(attacker, server, forge.initial(retry.connectionId(), retry.token()));
    awaitCount(server, AdmissionOutcome.ADMITTED, 1);
    send(attacker, server, forge.initial(connectionId(), retry.token()));
    awaitCount(server, AdmissionOutcome.TOKEN_REPLAYED, 1);
    assertEquals(1, server.admission().count(AdmissionOutcome.ADMITTED));
  }

  @Test
  void aTokenFromAnotherAddressIsRefused() throws Exception {
    QuicServer server = server(PROVE);
    InitialForge.Retry retry = askForRetry(server);
    try (var stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
      send(stranger, server, forge.initial(retry.connectionId(), retry.token()));
      awaitCount(server, AdmissionOutcome.TOKEN_NOT_OURS, 1);
    }
    try (var neighbour = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      send(neighbour, server, forge.initial(retry.connectionId(), retry.token()));
      awaitCount(server, AdmissionOutcome.TOKEN_NOT_OURS, 2);
    }
    assertEquals(0, server.admission().count(AdmissionOutcome.ADMITTED));
  }

  @Test
  void aForgedTokenIsRefused() throws Exception {
    QuicServer server = server(PROVE);
    InitialForge.Retry retry = askForRetry(server);
    byte[] changed = retry.token().clone();
    changed[20] ^= 1;
    send(attacker, server, forge.initial(retry.connectionId(), changed));
    awaitCount(server, AdmissionOutcome.TOKEN_NOT_OURS, 1);
    send(attacker, server, forge.initial(retry.connectionId(), new byte[30]));
    awaitCount(server, AdmissionOutcome.TOKEN_MALFORMED, 1);
    send(attacker, server, forge.initial(new byte[8], retry.token()));
    awaitCount(server, AdmissionOutcome.TOKEN_MALFORMED, 2);
    assertEquals(0, server.admission().count(AdmissionOutcome.ADMITTED));
  }

  @Test
  void unfinishedHandshakesEnd() throws Exception {
    QuicServer server =
        server(ConnectionLimits.DEFAULT.withHandshakeTimeout(Duration.ofMillis(200)));
    send(attacker, server, forge.initial(connectionId(), NO_TOKEN));
    awaitCount(server, AdmissionOutcome.HANDSHAKE_TIMED_OUT, 1);
    assertEquals(0, server.admission().handshakes());
    Lab.await("ended", () -> server.counters().ended(CloseReason.Kind.HANDSHAKE_TIMEOUT) == 1);
    assertEquals(0, server.counters().open());
  }

  /// Each attacker proves its address and then says nothing more.
  @Test
  void tenThousandHalfOpenHandshakesStayWithinTheConfiguredMemory() throws Exception {
    halfOpen(200, 2_000); // loads and compiles what takes part, fills pools
    int places = 1_000;
    // The JIT's own memory is in what is measured; it does not come twice.
    long first = grownBytes(places);
    long grown = Math.min(first, grownBytes(places));
    long allowedBytes = places * ConnectionLimits.HANDSHAKE_BYTES;
    assertTrue(
        grown < allowedBytes,
        () -> grown + " bytes more for " + allowedBytes + " that are allowed");
  }

  private long grownBytes(int places) throws Exception {
    long before = occupiedBytes();
    QuicServer server = halfOpen(places, 10_000);
    long grown = occupiedBytes() - before;
    assertEquals(places, server.admission().handshakes());
    return grown;
  }

  /// A server that `attempts` attackers came to, and as many as it has places for are in.
  private QuicServer halfOpen(int places, int attempts) throws Exception {
    ConnectionLimits limits =
        PROVE
            .withHandshakes(attempts, attempts)
            .withHandshakeMemory(places * ConnectionLimits.HANDSHAKE_BYTES)
            .withHandshakeTimeout(Duration.ofMinutes(1));
    QuicServer server = server(limits);
    for (int i = 0; i < attempts; i += AT_ONCE) {
      // Sockets of their own, or the answers to earlier attackers would push out the tokens.
      try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
        socket.setSoTimeout(RECEIVE_TIMEOUT_MS);
        for (int each = 0; each < AT_ONCE; each++) {
          send(socket, server, forge.initial(connectionId(), NO_TOKEN));
        }
        for (int each = 0; each < AT_ONCE; each++) {
          InitialForge.Retry retry = retry(socket);
          send(socket, server, forge.initial(retry.connectionId(), retry.token()));
        }
      }
    }
    awaitCount(server, AdmissionOutcome.ADMITTED, places);
    awaitCount(server, AdmissionOutcome.TOO_MANY_HANDSHAKES, attempts - places);
    return server;
  }

  /// Memory outside the heap from /proc/self/statm, and what lives on the heap, in bytes.
  private static long occupiedBytes() throws IOException {
    System.gc();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    String[] fields = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
    return Long.parseLong(fields[1]) * PAGE_BYTES - heap.getCommitted() + heap.getUsed();
  }
}
