package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vexor.quic.tls.Ed25519Key;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;
import org.vexor.testkit.AgavePeer;

/// Against Agave's own streamer, and against its client; both speak through quinn.
@Tag("peer")
final class AgaveTest {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final TlsOptions CLIENT = TlsOptions.solana(Lab.CLIENT_IDENTITY);

  private final Lab lab = Lab.nio();

  @AfterEach
  void closeAll() {
    lab.close();
  }

  private record Server(AgavePeer peer, InetSocketAddress address, Ed25519Key key) {}

  private static Server agave(String... more) throws Exception {
    int port;
    try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--bind", "127.0.0.1:" + port, "--seconds", "20"));
    arguments.addAll(List.of("--verbose", "--max-connections-per-minute", "1000"));
    arguments.addAll(List.of(more));
    AgavePeer peer = AgavePeer.start("tpu-server", arguments.toArray(String[]::new));
    String listening = peer.await("listening");
    return new Server(
        peer,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        key(AgavePeer.field(listening, "identity")));
  }

  private static Ed25519Key key(String base58) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < base58.length(); i++) {
      number =
          number
              .multiply(BigInteger.valueOf(58))
              .add(BigInteger.valueOf(ALPHABET.indexOf(base58.charAt(i))));
    }
    byte[] bytes = new byte[32];
    byte[] signed = number.toByteArray();
    int length = Math.min(signed.length, 32);
    System.arraycopy(signed, signed.length - length, bytes, 32 - length, length);
    return Ed25519Key.of(bytes);
  }

  private static String base58(Ed25519Key key) {
    var digits = new StringBuilder();
    BigInteger number = new BigInteger(1, key.bytes());
    while (number.signum() > 0) {
      BigInteger[] parts = number.divideAndRemainder(BigInteger.valueOf(58));
      digits.append(ALPHABET.charAt(parts[1].intValue()));
      number = parts[0];
    }
    return digits.reverse().toString();
  }

  /// Something that the server takes for a transaction: a count, a signature, and the rest.
  private static ByteBuffer transaction() {
    ByteBuffer bytes = ByteBuffer.allocate(200);
    bytes.put(0, (byte) 1);
    return bytes;
  }

  private QuicConnection connect(TlsOptions tls, Server server) throws Exception {
    QuicClient client = lab.client(tls, EndpointOptions.SOLANA_CLIENT);
    var credit = new CompletableFuture<QuicConnection>();
    QuicConnection connection =
        Lab.await(
            client.connect(
                ConnectRequest.pinned(
                    server.address(),
                    server.key(),
                    new Application.Callbacks(_ -> new CreditWatcher(credit)))));
    return connection.streamCredit(StreamKind.UNIDIRECTIONAL) > 0 ? connection : Lab.await(credit);
  }

  private record CreditWatcher(CompletableFuture<QuicConnection> credit)
      implements ConnectionHandler {
    @Override
    public StreamReceiver streamOpened(QuicStream stream) {
      return StreamReceiver.NOTHING;
    }

    @Override
    public void streamCreditChanged(QuicConnection connection) {
      if (connection.streamCredit(StreamKind.UNIDIRECTIONAL) > 0) {
        credit.complete(connection);
      }
    }
  }

  private static void send(QuicConnection connection) throws Exception {
    QuicStream stream =
        Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING));
    stream.finish(transaction());
    stream.flush();
  }

  @Test
  void agaveKnowsOurKeyAndWeItsKey() throws Exception {
    Ed25519Key own = Lab.CLIENT_IDENTITY.ed25519().orElseThrow();
    Server server = agave("--stake", base58(own) + "=1000000000");
    try (var peer = server.peer()) {
      QuicConnection connection = connect(CLIENT, server);
      assertEquals(server.key(), connection.peer().ed25519().orElseThrow());
      send(connection);
      String seen = peer.await("\"transaction\"");
      assertEquals("200", AgavePeer.field(seen, "bytes"));
      assertEquals("true", AgavePeer.field(seen, "staked"));
    }
  }

  /// A certificate that nobody staked for is enough to be served.
  @Test
  void agaveServesAnUnknownKeyAsUnstaked() throws Exception {
    Server server = agave();
    try (var peer = server.peer()) {
      send(connect(CLIENT, server));
      assertEquals("false", AgavePeer.field(peer.await("\"transaction\""), "staked"));
    }
  }

  /// Agave 4.2.2 wants a certificate, whichever: our handshake succeeds, and then it closes.
  @Test
  void agaveTurnsAClientWithoutACertificateAway() throws Exception {
    Server server = agave();
    try (var _ = server.peer()) {
      TlsOptions nameless = TlsOptions.of(TlsOptions.SOLANA_TPU).withTrust(new PeerTrust.AnyKey());
      QuicConnection connection =
          Lab.await(
              lab.client(nameless, EndpointOptions.SOLANA_CLIENT)
                  .connect(
                      ConnectRequest.pinned(
                          server.address(), server.key(), Application.sendOnly())));
      CloseReason reason = Lab.await(connection.closed());
      assertEquals(CloseReason.Kind.PEER_TLS, reason.kind());
      assertEquals(0x174, reason.code());
    }
  }

  @Test
  void anAgaveWithAnotherKeyIsRefused() throws Exception {
    Server server = agave();
    try (var _ = server.peer()) {
      Ed25519Key other = TlsIdentity.solanaEphemeral(new SecureRandom()).ed25519().orElseThrow();
      QuicClient client = lab.client(CLIENT, EndpointOptions.SOLANA_CLIENT);
      var request =
          ConnectRequest.pinned(server.address(), other, Application.sendOnly())
              .withTimeout(Duration.ofSeconds(5));
      var failure =
          assertThrows(ExecutionException.class, () -> Lab.await(client.connect(request)));
      CloseReason reason = assertInstanceOf(ConnectException.class, failure.getCause()).reason();
      assertEquals(CloseReason.Kind.HANDSHAKE_FAILED, reason.kind());
    }
  }

  /// Agave takes an abandoned stream for nothing, and stays connected.
  @Test
  void agaveBearsOurSignsOfLife() throws Exception {
    Server server = agave();
    try (var peer = server.peer()) {
      QuicConnection connection = connect(CLIENT, server);
      long before = Lab.await(connection.statistics()).packetsReceived();
      KeepAlive.abandonedStream().send(connection);
      Lab.await(
          "acknowledgement",
          () -> {
            try {
              return Lab.await(connection.statistics()).packetsReceived() > before;
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      send(connection);
      peer.await("\"transaction\"");
    }
  }

  /// Agave's client is quinn's, too: with its certificate it is known by its key.
  @Test
  void agavesClientDeliversToOurServer() throws Exception {
    var serverSide = new Recorder();
    QuicServer server =
        lab.server(
            TlsOptions.solana(Lab.SERVER_IDENTITY),
            EndpointOptions.DEFAULT.withStreams(0, 10_000).withDatagramQueue(0),
            Recorder.application(serverSide));
    try (var _ =
        AgavePeer.start(
            "tpu-client",
            "--target",
            "127.0.0.1:" + server.localAddress().getPort(),
            "--rate",
            "200",
            "--seconds",
            "3")) {
      QuicConnection accepted = Lab.await(serverSide.opened);
      assertEquals(1, accepted.peer().certificates().size());
      Lab.await("100 transactions", () -> serverSide.streams.size() > 100);
    }
  }
}
