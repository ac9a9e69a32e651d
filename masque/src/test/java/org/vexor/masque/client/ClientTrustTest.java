package org.vexor.masque.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.client.ClientStatus.Phase;
import org.vexor.masque.field.ProxyError;
import org.vexor.masque.field.ProxyStatus;
import org.vexor.masque.http.EchoProxy;
import org.vexor.masque.http.EchoServer;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http2.Http2Options;
import org.vexor.masque.http3.Http3Options;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.tls.ClientCertificate;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsIdentity;

/// Who the client lets itself be served by, and how it proves who it is.
final class ClientTrustTest extends ClientLab {
  @Test
  void aRefusalIsToldWithItsReasonAndTriedAgain() {
    var granted = new CompletableFuture<Boolean>();
    RequestHandler handler =
        (stream, head) -> {
          boolean known =
              head.fields().single("proxy-authorization").equals(Optional.of("Basic dTpw"))
                  && head.fields().single("authorization").equals(Optional.of("Basic dTpw"));
          if (known && granted.isDone()) {
            return echo.request(stream, head);
          }
          String said =
              ProxyStatus.failure("p", ProxyError.HTTP_REQUEST_DENIED, "no such user").format();
          stream.respond(
              new ResponseHead(407, FieldLines.EMPTY.with(ProxyStatus.NAME, said)), true);
          return EchoServer.IGNORED;
        };
    EchoProxy proxy = proxy(handler, 0).http3(Http3Options.SERVER, 100);
    MasqueClient client =
        client(proxy, options -> options.withCredentials(new Credentials.Basic("u", "p")));
    var box = new Box();
    UdpTunnel tunnel = client.open(TARGET, box);
    MasqueLab.await("the refusal", () -> tunnel.state() instanceof TunnelState.Refused);
    var refused = assertInstanceOf(TunnelState.Refused.class, tunnel.state());
    assertEquals("the proxy answered 407, http_request_denied (no such user)", refused.reason());
    assertEquals(Phase.READY, client.status().phase());
    granted.complete(true);
    open(tunnel);
    assertEquals("Basic for u", client.options().credentials().toString());
  }

  @Test
  void aProxyWithAnotherKeyIsNotTalkedTo() {
    EchoProxy proxy =
        proxy(echo, 0).http3(Http3Options.SERVER, 100).tcp(Http2Options.SERVER, HttpVersion.HTTP_2);
    var other = TlsIdentity.solanaEphemeral(new SecureRandom()).ed25519().orElseThrow();
    var template = UriTemplate.ofProxy("https://127.0.0.1:" + proxy.port());
    MasqueClient client =
        client(
            proxy,
            options ->
                ClientOptions.of(
                        template, MasqueLab.clientTls().withTrust(new PeerTrust.PinnedKey(other)))
                    .withTimes(TIMES));
    phase(client, Phase.UNREACHABLE);
    String reason = client.status().reason();
    assertTrue(reason.contains("HTTP/3: ") && reason.contains("HTTP/2 and HTTP/1.1: "), reason);
    assertTrue(reason.contains(other.toString()), reason);
    assertTrue(echo.heads.isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void showsItsCertificateWhereTheProxyWantsOne(HttpVersion version) {
    var identity = TlsIdentity.solanaEphemeral(new SecureRandom());
    EchoProxy proxy = proxy(echo, 0);
    proxy.tls =
        proxy
            .tls
            .withTrust(new PeerTrust.PinnedKey(identity.ed25519().orElseThrow()))
            .withClientCertificate(ClientCertificate.REQUIRED);
    start(proxy, version);
    var template = UriTemplate.ofProxy("https://127.0.0.1:" + proxy.port());
    MasqueClient known =
        client(
            proxy,
            _ ->
                ClientOptions.of(template, MasqueLab.clientTls().withIdentity(identity))
                    .withTimes(TIMES)
                    .withVersions(version));
    var box = new Box();
    echoes(known.open(TARGET, box), box, 100);
    MasqueClient unknown = client(proxy, options -> options.withVersions(version));
    UdpTunnel tunnel = unknown.open(TARGET, new Box());
    if (version == HttpVersion.HTTP_1_1) {
      // TLS on TCP tells only when something is read, which is with the first request.
      MasqueLab.await("the loss", () -> tunnel.state() instanceof TunnelState.Lost);
    } else {
      phase(unknown, Phase.UNREACHABLE);
    }
    assertEquals(1, echo.flows.size());
  }
}
