package org.vexor.masque.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.Optional;
import org.vexor.masque.http.FlowEnd;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestStream;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.StreamError;
import org.vexor.masque.http.StreamListener;
import org.vexor.masque.http.UdpFlow;
import org.vexor.masque.http.UdpFlowHandler;

/// One opening of a tunnel on a link, and the flow that it led to. On the stream's event loop.
final class TunnelAttempt implements ResponseHandler, UdpFlowHandler {
  private final ManagedTunnel tunnel;
  private final Outcome outcome;
  private Optional<UdpFlow> own = Optional.empty();
  private boolean used;

  /// Is told what came of it, on the stream's event loop.
  interface Outcome {
    /// It is in use.
    void opened();

    /// The proxy answered with something else than a tunnel.
    void refused(ResponseHead head);

    /// There was no answer.
    void failed(RequestFailure failure);

    /// It was open, and is no longer; not because the tunnel was closed or moved.
    void lost(FlowEnd end);
  }

  TunnelAttempt(ManagedTunnel tunnel, Outcome outcome) {
    this.tunnel = tunnel;
    this.outcome = outcome;
  }

  @Override
  public StreamListener response(RequestStream stream, ResponseHead head) {
    var flow = new UdpFlow(stream, this, tunnel.flowCounters());
    if (!head.isSuccess() || head.capsuleObstacle().isPresent()) {
      outcome.refused(head);
      flow.abort(StreamError.CANCELLED, "refused");
      return flow;
    }
    own = Optional.of(flow);
    Optional<UdpFlow> before = tunnel.active();
    if (before.isEmpty()) {
      use(flow, head);
    } else {
      replace(before.get(), flow, head);
    }
    return flow;
  }

  /// The flow before is taken out of use on its own event loop, then this one is put in use on its.
  private void replace(UdpFlow before, UdpFlow flow, ResponseHead head) {
    EventLoop loop = flow.stream().eventLoop();
    before.stream()
        .eventLoop()
        .execute(
            () -> {
              boolean _ = tunnel.stopUsing(before);
              before.close();
              loop.execute(() -> use(flow, head));
            });
  }

  private void use(UdpFlow flow, ResponseHead head) {
    if (tunnel.isClosed()) {
      flow.close();
      return;
    }
    if (!flow.isOpen()) {
      outcome.lost(new FlowEnd(FlowEnd.Kind.FINISHED, 0, ""));
      return;
    }
    used = true;
    tunnel.use(
        flow,
        new TunnelState.Open(flow.stream().version(), flow.usesDatagrams(), head.proxyStatus()));
    flow.open();
    outcome.opened();
    if (tunnel.isClosed()) {
      flow.close();
    }
  }

  @Override
  public void failed(RequestFailure failure) {
    outcome.failed(failure);
  }

  @Override
  public void payload(ByteBuf payload) {
    tunnel.listener().payload(tunnel, payload);
  }

  @Override
  public void payloadsRead() {
    tunnel.listener().payloadsRead(tunnel);
  }

  @Override
  public void maxPayloadChanged() {
    own.ifPresent(tunnel::maxPayloadChanged);
  }

  @Override
  public void ended(FlowEnd end) {
    boolean mine = own.isPresent() && tunnel.stopUsing(own.get());
    if (used && mine && !tunnel.isClosed()) {
      outcome.lost(end);
    }
  }
}
