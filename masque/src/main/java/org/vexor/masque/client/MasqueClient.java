package org.vexor.masque.client;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.link.Destination;
import org.vexor.masque.link.Dialer;
import org.vexor.masque.link.Http3Dialer;
import org.vexor.masque.link.QuicEndpoints;
import org.vexor.masque.link.TcpDialer;
import org.vexor.masque.link.TcpTransport;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.quic.DatagramTransport;

/// A client of one proxy, which connects at once and keeps connected. Any thread, but [#close] from
/// none of its event loops.
public final class MasqueClient implements AutoCloseable {
  private final ClientOptions options;
  private final Optional<QuicEndpoints> endpoints;
  private final EventLoop control;
  private final StatusBoard board;
  private final LinkKeeper keeper;

  private MasqueClient(
      ClientOptions options, Optional<DatagramTransport> udp, Optional<TcpTransport> tcp) {
    this.options = options;
    Destination proxy = new Destination(options.template().host(), options.template().port());
    var dialers = new ArrayList<Dialer>();
    endpoints =
        options.versions().contains(HttpVersion.HTTP_3)
            ? udp.map(each -> new QuicEndpoints(each, options.tls(), options.quic()))
            : Optional.empty();
    endpoints.ifPresent(
        each ->
            dialers.add(
                new Http3Dialer(proxy, each::of, options.http3(), options.times().handshake())));
    List<HttpVersion> overTcp =
        options.versions().stream().filter(version -> version != HttpVersion.HTTP_3).toList();
    if (!overTcp.isEmpty() && tcp.isPresent()) {
      dialers.add(
          new TcpDialer(proxy, tcp.get(), options.tls(), overTcp, options.times().handshake()));
    }
    if (dialers.isEmpty()) {
      throw new IllegalArgumentException(
          "HTTP versions "
              + options.versions()
              + " cannot be had: give a transport of datagrams for HTTP/3, of TCP for the others");
    }
    control =
        udp.map(DatagramTransport::loops)
            .or(() -> tcp.map(TcpTransport::loops))
            .orElseThrow()
            .next();
    board = new StatusBoard(options.template().authority(), options.versions().getFirst());
    keeper = new LinkKeeper(control, options, dialers, board);
  }

  /// Begins to connect.
  ///
  /// @param udp for HTTP/3; its event loops are the caller's
  /// @param tcp for HTTP/2 and HTTP/1.1; its event loops are the caller's
  /// @throws IllegalArgumentException when no HTTP version that is allowed has its transport
  public static MasqueClient start(
      ClientOptions options, Optional<DatagramTransport> udp, Optional<TcpTransport> tcp) {
    var client = new MasqueClient(options, udp, tcp);
    client.control.execute(client.keeper::start);
    return client;
  }

  /// A tunnel to a target; it opens by itself, and again whenever it is lost.
  public UdpTunnel open(UdpTarget target, TunnelListener listener) {
    var tunnel =
        new ManagedTunnel(target, listener, keeper, options.queue(), options.initialQueue());
    control.execute(() -> keeper.tunnels().add(tunnel));
    return tunnel;
  }

  /// Asks for a TCP tunnel by CONNECT, on the connection that there is.
  ///
  /// @param target `HOST:PORT`
  /// @param handler told on the stream's event loop; on a success it gets the bytes
  public void connectTcp(String target, ResponseHandler handler) {
    keeper.request(RequestHead.connectTcp(target, options.credentials().fields(false)), handler);
  }

  /// How it stands with its proxy.
  public ClientStatus status() {
    return board.status();
  }

  /// Is told of every change of [#status], on the control loop.
  public void onStatus(Consumer<ClientStatus> listener) {
    board.listen(listener);
  }

  public ClientOptions options() {
    return options;
  }

  /// Tunnels that are not closed.
  public List<UdpTunnel> tunnels() {
    return onControl(() -> List.copyOf(keeper.tunnels().all()));
  }

  /// Connections to the proxy now.
  public int links() {
    return onControl(keeper::linkCount);
  }

  private <T> T onControl(Supplier<T> question) {
    return control.inEventLoop()
        ? question.get()
        : CompletableFuture.supplyAsync(question, control).join();
  }

  /// Closes all tunnels and connections.
  @Override
  public void close() {
    CompletableFuture.runAsync(keeper::close, control).join();
    endpoints.ifPresent(QuicEndpoints::close);
  }
}
