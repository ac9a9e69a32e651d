package org.vexor.masque.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.vexor.masque.http3.Http3Connection;
import org.vexor.masque.http3.Http3Options;
import org.vexor.quic.ConnectException;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.QuicClient;
import org.vexor.quic.QuicConnection;

/// Dials by QUIC, one address after the other.
public final class Http3Dialer implements Dialer {
  private final Destination destination;
  private final Function<InetAddress, QuicClient> clients;
  private final Http3Options options;
  private final Duration timeout;

  /// @param clients the endpoint for addresses of this one's family; may block, as it may be bound
  ///   then
  /// @param timeout of the handshake, and again of the proxy's SETTINGS
  public Http3Dialer(
      Destination destination,
      Function<InetAddress, QuicClient> clients,
      Http3Options options,
      Duration timeout) {
    this.destination = destination;
    this.clients = clients;
    this.options = options;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "HTTP/3";
  }

  @Override
  public CompletionStage<Void> prepare() {
    return destination
        .resolve()
        .thenAcceptAsync(
            addresses -> {
              QuicClient _ = clients.apply(addresses.getFirst());
            },
            Thread::startVirtualThread);
  }

  @Override
  public CompletionStage<ProxyLink> dial() {
    // Never on an event loop, where binding an endpoint could not be waited for.
    return destination
        .resolve()
        .thenComposeAsync(addresses -> dial(addresses, 0), Thread::startVirtualThread);
  }

  private CompletionStage<ProxyLink> dial(List<InetAddress> addresses, int index) {
    CompletionStage<ProxyLink> attempt = dial(addresses.get(index));
    return index + 1 == addresses.size()
        ? attempt
        : attempt.exceptionallyComposeAsync(
            _ -> dial(addresses, index + 1), Thread::startVirtualThread);
  }

  private CompletionStage<ProxyLink> dial(InetAddress address) {
    var connection = new CompletableFuture<Http3Connection>();
    var request =
        new ConnectRequest(
            new InetSocketAddress(address, destination.port()),
            destination.host(),
            Optional.empty(),
            timeout,
            Http3Connection.client(options, connection::complete));
    CompletionStage<QuicConnection> connected;
    try {
      connected = clients.apply(address).connect(request);
    } catch (IllegalStateException e) {
      // No endpoint can be had for this family.
      return CompletableFuture.failedStage(
          new DialException(DialException.Stage.CONNECTION, DialException.reason(e)));
    }
    return connected
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(refusal(failure)))
        .thenCombine(connection, (_, http3) -> http3)
        .thenCompose(this::usable);
  }

  private static DialException refusal(Throwable failure) {
    Throwable cause = failure.getCause() instanceof ConnectException ? failure.getCause() : failure;
    return new DialException(
        DialException.Stage.HANDSHAKE,
        cause instanceof ConnectException refused
            ? String.valueOf(refused.getMessage())
            : DialException.reason(cause));
  }

  /// Over when the proxy does not say in time what it can do.
  private CompletionStage<ProxyLink> usable(Http3Connection connection) {
    var result = new CompletableFuture<ProxyLink>();
    var late =
        connection
            .quic()
            .channel()
            .eventLoop()
            .schedule(
                () -> {
                  if (result.completeExceptionally(
                      new DialException(
                          DialException.Stage.SETTINGS,
                          "the proxy sent no SETTINGS within " + timeout))) {
                    connection.close();
                  }
                },
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
    // A proxy that wants another certificate says so only after the handshake.
    var _ =
        connection
            .quic()
            .closed()
            .thenAccept(
                reason -> {
                  late.cancel(false);
                  result.completeExceptionally(
                      new DialException(
                          DialException.Stage.HANDSHAKE,
                          "the connection ended at once: " + reason));
                });
    var _ =
        connection
            .settings()
            .thenAccept(
                peer -> {
                  late.cancel(false);
                  if (!peer.extendedConnect()) {
                    result.completeExceptionally(
                        new DialException(
                            DialException.Stage.SETTINGS,
                            "the proxy's SETTINGS offer no Extended CONNECT (0x08)"));
                    connection.close();
                  } else {
                    result.complete(new Http3Link(connection).watch());
                  }
                });
    return result;
  }
}
