package org.vexor.masque.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ServerStream;
import org.vexor.masque.http.StreamListener;
import org.vexor.masque.proxy.outbound.TargetSockets;
import org.vexor.masque.proxy.outbound.TcpDialer;
import org.vexor.masque.proxy.request.Gatekeeper;
import org.vexor.masque.proxy.request.Refusal;
import org.vexor.masque.proxy.request.TargetFinder;
import org.vexor.masque.proxy.request.Wanted;

/// Takes the requests of all connections, whichever HTTP version they come by. Any thread; each
/// request on its stream's event loop.
public final class FrontDesk {
  private final Gatekeeper gate;
  private final TargetFinder finder;
  private final TargetSockets sockets;
  private final TcpDialer dialer;
  private final AccessLog log;
  private final ProxyCounters counters = new ProxyCounters();

  public FrontDesk(
      Gatekeeper gate,
      TargetFinder finder,
      TargetSockets sockets,
      TcpDialer dialer,
      AccessLog log) {
    this.gate = gate;
    this.finder = finder;
    this.sockets = sockets;
    this.dialer = dialer;
    this.log = log;
  }

  /// Answers the requests of one connection.
  public RequestHandler requests(Client client) {
    return (stream, head) -> request(stream, head, client);
  }

  private StreamListener request(ServerStream stream, RequestHead head, Client client) {
    counters.addRequest(stream.version());
    InetSocketAddress address = client.address().get();
    return switch (gate.judge(head, address, client.identity().get())) {
      case Gatekeeper.Decision.Refused refused -> {
        refuse(stream, address, refused.refusal());
        yield Deaf.EAR;
      }
      case Gatekeeper.Decision.Admitted admitted -> {
        var session = new Session(this, stream.version(), address, admitted.wanted());
        // What listens is told of the stream once this returns; only then may it begin.
        yield switch (admitted.wanted().transport()) {
          case UDP -> {
            var tunnel = new UdpTunnel(this, stream, session);
            stream.eventLoop().execute(tunnel::begin);
            yield tunnel.listener();
          }
          case TCP -> {
            var tunnel = new TcpTunnel(this, stream, session);
            stream.refuseDatagrams();
            tunnel.begin();
            yield tunnel;
          }
        };
      }
    };
  }

  private void refuse(ServerStream stream, InetSocketAddress client, Refusal refusal) {
    counters.addRefused(refusal.reason());
    stream.refuseDatagrams();
    stream.respond(refusal.response(gate.proxy()), true);
    log.ended(
        new TunnelRecord(
            stream.version(),
            "",
            client,
            "",
            Optional.empty(),
            refusal.reason().status(),
            refusal.reason().word(),
            0,
            0,
            0));
  }

  /// Finds the target of an admitted request; `then` runs on `loop`.
  void find(Wanted wanted, EventLoop loop, Consumer<TargetFinder.Found> then) {
    var _ =
        finder
            .find(wanted.target(), gate.settings().policy())
            .thenAccept(
                found -> {
                  if (loop.inEventLoop()) {
                    then.accept(found);
                  } else {
                    loop.execute(() -> then.accept(found));
                  }
                });
  }

  Gatekeeper gate() {
    return gate;
  }

  TargetSockets sockets() {
    return sockets;
  }

  TcpDialer dialer() {
    return dialer;
  }

  AccessLog log() {
    return log;
  }

  public ProxyCounters counters() {
    return counters;
  }

  /// Listens to a request that is refused.
  private enum Deaf implements StreamListener {
    EAR;

    @Override
    public void data(ByteBuf bytes) {}

    @Override
    public void finished() {}

    @Override
    public void aborted(long code) {}

    @Override
    public void closed() {}
  }
}
