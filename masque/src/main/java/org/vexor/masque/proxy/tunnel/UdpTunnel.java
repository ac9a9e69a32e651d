package org.vexor.masque.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.masque.field.ProxyStatus;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.FlowCounters;
import org.vexor.masque.http.FlowEnd;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.ServerStream;
import org.vexor.masque.http.StreamError;
import org.vexor.masque.http.StreamListener;
import org.vexor.masque.http.UdpFlow;
import org.vexor.masque.http.UdpFlowHandler;
import org.vexor.masque.proxy.limit.Allowance;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.outbound.TargetListener;
import org.vexor.masque.proxy.outbound.TargetSocket;
import org.vexor.masque.proxy.request.Refusal;
import org.vexor.masque.proxy.request.RefusalReason;
import org.vexor.masque.proxy.request.TargetFinder;
import org.vexor.packet.Endpoint;

/// One CONNECT-UDP request (RFC 9298). On the stream's event loop.
final class UdpTunnel implements UdpFlowHandler, TargetListener {
  private final FrontDesk desk;
  private final ServerStream stream;
  private final Session session;
  private final ProxyLimits limits;
  private final Allowance allowance;
  private final UdpFlow flow;
  private final Queue<ByteBuf> early = new ArrayDeque<>(0);
  private @Nullable TargetSocket socket;
  private @Nullable Future<?> idleCheck;
  private long seen;
  private boolean over;

  UdpTunnel(FrontDesk desk, ServerStream stream, Session session) {
    this.desk = desk;
    this.stream = stream;
    this.session = session;
    this.limits = desk.gate().settings().limits();
    this.allowance = session.wanted().place().allowance();
    this.flow =
        new UdpFlow(stream, this, new FlowCounters(desk.sockets().flows(stream.eventLoop())));
  }

  StreamListener listener() {
    return flow;
  }

  void begin() {
    if (!over) {
      flow.open();
      desk.find(session.wanted(), stream.eventLoop(), this::found);
    }
  }

  private void found(TargetFinder.Found found) {
    if (over) {
      return;
    }
    switch (found) {
      case TargetFinder.Found.Refused refused -> refuse(refused.refusal());
      case TargetFinder.Found.Addresses addresses -> open(addresses.endpoints().iterator());
    }
  }

  /// UDP answers nothing to an attempt, so the first address that the system has a way to is it.
  private void open(Iterator<Endpoint> addresses) {
    Endpoint next = addresses.next();
    var _ =
        desk.sockets()
            .open(stream.eventLoop(), next, this)
            .whenComplete(
                (opened, failure) -> {
                  if (over) {
                    Optional.ofNullable(opened).ifPresent(TargetSocket::close);
                  } else if (opened != null) {
                    granted(opened, next);
                  } else if (addresses.hasNext()) {
                    open(addresses);
                  } else {
                    refuse(refusal(failure));
                  }
                });
  }

  private static Refusal refusal(Throwable failure) {
    boolean descriptors =
        failure.getCause() instanceof KernelException kernel && kernel.errno() == Errno.EMFILE;
    return descriptors
        ? Refusal.of(RefusalReason.NO_SOCKET, "the proxy has no more sockets")
        : Refusal.of(RefusalReason.UNROUTABLE, "there is no way to the target");
  }

  private void refuse(Refusal refusal) {
    session.refused(refusal);
    stream.respond(refusal.response(desk.gate().proxy()), true);
    flow.close();
  }

  private void granted(TargetSocket opened, Endpoint target) {
    socket = opened;
    session.granted();
    String next = target.address().getHostAddress();
    stream.respond(
        ResponseHead.tunnel(
            FieldLines.EMPTY.with(
                ProxyStatus.NAME, ProxyStatus.success(desk.gate().proxy(), next).format())),
        false);
    while (!early.isEmpty()) {
      ByteBuf payload = early.remove();
      forward(opened, payload);
      payload.release();
    }
    opened.flush();
    watch();
  }

  private void watch() {
    idleCheck =
        stream
            .eventLoop()
            .schedule(this::checkIdle, limits.idleTime().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void checkIdle() {
    if (over) {
      return;
    }
    long now = flow.counters().received() + flow.counters().sent();
    if (now == seen) {
      desk.counters().addIdle();
      flow.close();
    } else {
      seen = now;
      watch();
    }
  }

  @Override
  public void payload(ByteBuf payload) {
    if (socket != null) {
      forward(socket, payload);
    } else if (early.size() < limits.earlyDatagrams()) {
      early.add(payload.copy());
    } else {
      desk.counters().addDropped(TunnelDrop.EARLY_FULL, 1);
    }
  }

  private void forward(TargetSocket to, ByteBuf payload) {
    FlowCounters counters = flow.counters();
    if (limits.unanswered() > 0
        && counters.sent() == 0
        && counters.received() > limits.unanswered()) {
      desk.counters().addDropped(TunnelDrop.UNANSWERED, 1);
    } else if (within(payload)) {
      to.send(payload);
    }
  }

  private boolean within(ByteBuf payload) {
    if (!allowance.isLimited() || allowance.take(payload.readableBytes(), System.nanoTime())) {
      return true;
    }
    desk.counters().addDropped(TunnelDrop.RATE, 1);
    return false;
  }

  @Override
  public void payloadsRead() {
    if (socket != null) {
      socket.flush();
    }
  }

  @Override
  public void received(ByteBuf payload) {
    if (within(payload)) {
      var _ = flow.send(payload);
    }
  }

  @Override
  public void batchRead() {
    flow.flush();
  }

  @Override
  public void failed(int errno) {
    if (!over) {
      desk.counters().addTargetGone();
      flow.abort(StreamError.CONNECT, "target: errno " + errno);
    }
  }

  @Override
  public void ended(FlowEnd end) {
    over = true;
    if (socket != null) {
      socket.close();
      socket = null;
    }
    if (idleCheck != null) {
      boolean _ = idleCheck.cancel(false);
    }
    if (!early.isEmpty()) {
      desk.counters().addDropped(TunnelDrop.EARLY_UNUSED, early.size());
      early.forEach(ByteBuf::release);
      early.clear();
    }
    session.over(end.toString(), flow.counters().receivedBytes(), flow.counters().sentBytes());
  }
}
