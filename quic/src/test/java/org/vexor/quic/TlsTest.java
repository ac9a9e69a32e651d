package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.quic.tls.ClientCertificate;
import org.vexor.quic.tls.Ed25519Key;
import org.vexor.quic.tls.PeerIdentity;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;

/// Identities over real handshakes. The PEM files name `node.example` and 127.0.0.1, valid for a
/// century.
final class TlsTest {
  private static final EndpointOptions OPTIONS = EndpointOptions.DEFAULT;
  private static final TlsOptions SERVER = TlsOptions.solana(Lab.SERVER_IDENTITY);
  private static final TlsOptions CLIENT = TlsOptions.solana(Lab.CLIENT_IDENTITY);
  private static final TlsOptions NAMELESS =
      TlsOptions.of(TlsOptions.SOLANA_TPU).withTrust(new PeerTrust.AnyKey());

  private final Lab lab = Lab.nio();
  private final Recorder serverSide = new Recorder();
  private final Recorder clientSide = new Recorder();

  @AfterEach
  void closeAll() {
    lab.close();
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(TlsTest.class.getResource("tls/" + name).toURI());
  }

  private ConnectRequest request(QuicServer server, Ed25519Key key) {
    return ConnectRequest.pinned(server.localAddress(), key, Recorder.application(clientSide));
  }

  private ConnectRequest named(QuicServer server, String name) {
    return ConnectRequest.named(server.localAddress(), name, Recorder.application(clientSide));
  }

  private CloseReason refused(QuicClient client, ConnectRequest request) {
    var failure = assertThrows(ExecutionException.class, () -> Lab.await(client.connect(request)));
    return assertInstanceOf(ConnectException.class, failure.getCause()).reason();
  }

  @Test
  void aServerWithAnotherKeyThanThePinnedOneIsRefused() {
    QuicServer server = lab.server(SERVER, OPTIONS, Recorder.application(serverSide));
    Ed25519Key other = TlsIdentity.solanaEphemeral(new SecureRandom()).ed25519().orElseThrow();
    CloseReason reason = refused(lab.client(CLIENT, OPTIONS), request(server, other));
    assertEquals(CloseReason.Kind.HANDSHAKE_FAILED, reason.kind());
    assertFalse(serverSide.opened.isDone());
  }

  @Test
  void aClientWithoutACertificateIsServedAsNobody() throws Exception {
    QuicServer server = lab.server(SERVER, OPTIONS, Recorder.application(serverSide));
    Lab.await(lab.client(NAMELESS, OPTIONS).connect(request(server, Lab.serverKey())));
    PeerIdentity peer = Lab.await(serverSide.opened).peer();
    assertEquals(List.of(), peer.certificates());
    assertEquals(Optional.empty(), peer.ed25519());
  }

  @Test
  void aClientWithoutTheRequiredCertificateLearnsIt() throws Exception {
    QuicServer server =
        lab.server(
            SERVER.withClientCertificate(ClientCertificate.REQUIRED),
            OPTIONS,
            Recorder.application(serverSide));
    QuicConnection connection =
        Lab.await(lab.client(NAMELESS, OPTIONS).connect(request(server, Lab.serverKey())));
    CloseReason reason = Lab.await(connection.closed());
    assertEquals(CloseReason.Kind.PEER_TLS, reason.kind());
    assertEquals(0x174, reason.code());
    assertFalse(serverSide.opened.isDone());
  }

  @Test
  void aServerWithoutTheProtocolIsRefused() {
    QuicServer server = lab.server(SERVER, OPTIONS, Recorder.application(serverSide));
    QuicClient client = lab.client(CLIENT.withApplicationProtocols(List.of("other")), OPTIONS);
    CloseReason reason =
        refused(client, request(server, Lab.serverKey()).withTimeout(Duration.ofMillis(400)));
    assertTrue(
        reason.kind() == CloseReason.Kind.HANDSHAKE_TIMEOUT
            || reason.kind() == CloseReason.Kind.PEER_TLS,
        () -> "kind " + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec", "ed25519", "rsa"})
  void pemIdentitiesAreMutual(String kind) throws Exception {
    TlsIdentity identity = TlsIdentity.fromPem(resource(kind + ".pem"), resource(kind + ".key"));
    TlsOptions tls =
        TlsOptions.of("test")
            .withIdentity(identity)
            .withTrust(PeerTrust.authorities(resource("authority.pem")))
            .withClientCertificate(ClientCertificate.REQUIRED);
    QuicServer server = lab.server(tls, OPTIONS, Recorder.application(serverSide));
    QuicClient client = lab.client(tls, OPTIONS);
    QuicConnection connection = Lab.await(client.connect(named(server, "node.example")));
    assertEquals(identity.certificates(), connection.peer().certificates());
    assertEquals(identity.certificates(), Lab.await(serverSide.opened).peer().certificates());
    Lab.await(client.connect(named(server, "127.0.0.1")));
    assertEquals(
        CloseReason.Kind.HANDSHAKE_FAILED, refused(client, named(server, "other.example")).kind());
  }

  @Test
  void authoritiesAreNotTrustedUnasked() throws Exception {
    TlsIdentity identity = TlsIdentity.fromPem(resource("ec.pem"), resource("ec.key"));
    TlsOptions tls = TlsOptions.of("test").withIdentity(identity);
    QuicServer server = lab.server(tls, OPTIONS, Recorder.application(serverSide));
    QuicClient client = lab.client(TlsOptions.of("test"), OPTIONS);
    assertEquals(
        CloseReason.Kind.HANDSHAKE_FAILED, refused(client, named(server, "node.example")).kind());
  }

  @Test
  void earlyDataIsSentWithTheRememberedSession() throws Exception {
    QuicServer server =
        lab.server(SERVER.withResumption(true, true), OPTIONS, Recorder.application(serverSide));
    QuicClient client = lab.client(CLIENT.withResumption(true, true), OPTIONS);
    QuicConnection first = Lab.await(client.connect(request(server, Lab.serverKey())));
    // The ticket comes after the handshake, in the same breath as the answer to a stream.
    QuicStream stream =
        Lab.await(first.openStream(StreamKind.BIDIRECTIONAL, clientSide.new Collector(false)));
    stream.finish(ByteBuffer.wrap(new byte[] {1}));
    stream.flush();
    Lab.await("echo", () -> !clientSide.streams.isEmpty());
    first.close(0, "");
    Lab.await(first.closed());

    var second = new EarlySender();
    QuicConnection again =
        Lab.await(
            client.connect(
                request(server, Lab.serverKey())
                    .withApplication(new Application.Callbacks(_ -> second))));
    assertTrue(second.early, "0-RTT was offered");
    assertEquals(Optional.of(Lab.serverKey()), again.peer().ed25519());
    Lab.await("early stream", () -> serverSide.streams.size() == 2);
  }

  /// A session belongs to the key it was made with.
  @Test
  void anotherPinDoesNotMeetTheRememberedSession() throws Exception {
    QuicServer server = lab.server(SERVER, OPTIONS, Recorder.application(serverSide));
    QuicClient client = lab.client(CLIENT, OPTIONS);
    Lab.await(client.connect(request(server, Lab.serverKey())));
    Ed25519Key other = TlsIdentity.solanaEphemeral(new SecureRandom()).ed25519().orElseThrow();
    assertEquals(CloseReason.Kind.HANDSHAKE_FAILED, refused(client, request(server, other)).kind());
  }

  @Test
  void secretsAndEventsAreLoggedWhenAskedFor(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys");
    QuicServer server = lab.server(SERVER, OPTIONS, Recorder.application(serverSide));
    QuicClient client =
        lab.client(CLIENT.withKeyLog(keys), OPTIONS.withQlog(folder.resolve("qlog")));
    QuicConnection connection = Lab.await(client.connect(request(server, Lab.serverKey())));
    connection.close(0, "");
    Lab.await(connection.closed());
    assertTrue(Files.readString(keys).contains("CLIENT_TRAFFIC_SECRET_0 "));
    try (var files = Files.list(folder.resolve("qlog"))) {
      assertTrue(files.anyMatch(file -> file.toString().endsWith(".qlog")));
    }
  }

  /// Sends a stream as soon as 0-RTT allows.
  private static final class EarlySender implements ConnectionHandler {
    private volatile boolean early;

    @Override
    public void earlyDataReady(QuicConnection connection) {
      early = true;
      connection
          .openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING)
          .thenAccept(
              stream -> {
                stream.finish(ByteBuffer.wrap(new byte[] {2}));
                stream.flush();
              });
    }

    @Override
    public StreamReceiver streamOpened(QuicStream stream) {
      return StreamReceiver.NOTHING;
    }
  }
}
