package org.vexor.masque.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.http.FlowCounters;
import org.vexor.masque.http.FlowEnd;
import org.vexor.masque.http.UdpFlow;
import org.vexor.masque.uri.UdpTarget;

/// The payload side of a tunnel: a queue that any thread fills, and the flow that empties it now.
///
/// The queue is emptied by one event loop at a time: that of the flow in use. A flow is put in use
/// by its own loop, and only when the one before was taken out of use by its own.
final class ManagedTunnel implements UdpTunnel {
  /// Payloads taken from the queue before others have their turn.
  private static final int DRAIN_LIMIT = 256;

  private final UdpTarget target;
  private final TunnelListener listener;
  private final LinkKeeper keeper;
  private final int initialQueue;
  private final ManyToOneConcurrentArrayQueue<ByteBuf> queue;
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private final Runnable drainTask = this::drain;
  private final FlowCounters flowCounters = new FlowCounters();
  private final AtomicLong offered = new AtomicLong();
  private final AtomicLong queueFull = new AtomicLong();
  private final AtomicLong notOpen = new AtomicLong();
  private final AtomicLong opened = new AtomicLong();
  private volatile @Nullable UdpFlow active;
  private volatile int maxPayloadBytes;
  private volatile TunnelState state = new TunnelState.Opening();
  private volatile boolean closed;
  private volatile long capsulesBefore;
  private volatile long receivedBefore;

  ManagedTunnel(
      UdpTarget target, TunnelListener listener, LinkKeeper keeper, int queue, int initialQueue) {
    this.target = target;
    this.listener = listener;
    this.keeper = keeper;
    this.initialQueue = Math.min(queue, initialQueue);
    this.queue = new ManyToOneConcurrentArrayQueue<>(Math.max(2, queue));
  }

  @Override
  public UdpTarget target() {
    return target;
  }

  @Override
  public boolean send(ByteBuf payload) {
    offered.incrementAndGet();
    UdpFlow flow = active;
    if (closed || (flow == null && queue.size() >= initialQueue)) {
      return drop(payload, notOpen);
    }
    if (!queue.offer(payload)) {
      return drop(payload, queueFull);
    }
    if (closed) {
      discard();
    } else if (flow != null) {
      scheduleDrain(flow.stream().eventLoop());
    } else {
      // A flow may have come into use between the look and the offer.
      wake();
    }
    return true;
  }

  @Override
  public boolean isWritable() {
    int limit = active == null ? initialQueue : queue.capacity();
    return !closed && queue.size() < limit;
  }

  private static boolean drop(ByteBuf payload, AtomicLong counter) {
    payload.release();
    counter.incrementAndGet();
    return false;
  }

  private void wake() {
    UdpFlow flow = active;
    if (flow != null) {
      scheduleDrain(flow.stream().eventLoop());
    }
  }

  private void scheduleDrain(EventLoop loop) {
    if (drainScheduled.compareAndSet(false, true)) {
      loop.execute(drainTask);
    }
  }

  /// On the event loop of a flow; of the one in use, or there is nothing to do here.
  private void drain() {
    drainScheduled.set(false);
    UdpFlow flow = active;
    if (flow == null) {
      return;
    }
    if (!flow.stream().eventLoop().inEventLoop()) {
      scheduleDrain(flow.stream().eventLoop());
      return;
    }
    int left = DRAIN_LIMIT;
    ByteBuf next = queue.poll();
    while (next != null) {
      try {
        flow.send(next);
      } finally {
        next.release();
      }
      next = --left > 0 ? queue.poll() : null;
    }
    flow.flush();
    if (left == 0) {
      scheduleDrain(flow.stream().eventLoop());
    }
  }

  FlowCounters flowCounters() {
    return flowCounters;
  }

  TunnelListener listener() {
    return listener;
  }

  /// On the flow's event loop: it is open, and none is in use.
  void use(UdpFlow flow, TunnelState.Open open) {
    opened.incrementAndGet();
    capsulesBefore = flowCounters.capsulesSent();
    receivedBefore = flowCounters.received();
    maxPayloadBytes = flow.maxPayloadBytes();
    active = flow;
    state(open);
    drain();
  }

  /// On the flow's event loop: if it is the one in use, none is from now on.
  ///
  /// @return whether it was
  @SuppressWarnings("ReferenceEquality") // this very flow
  boolean stopUsing(UdpFlow flow) {
    if (active != flow) {
      return false;
    }
    active = null;
    maxPayloadBytes = 0;
    return true;
  }

  /// Payloads that went as capsules since it was opened last. Any thread.
  long capsules() {
    return flowCounters.capsulesSent() - capsulesBefore;
  }

  /// Whether anything came back since it was opened last. Any thread.
  boolean answered() {
    return flowCounters.received() > receivedBefore;
  }

  /// The flow in use.
  Optional<UdpFlow> active() {
    return Optional.ofNullable(active);
  }

  /// On the flow's event loop.
  @SuppressWarnings("ReferenceEquality") // this very flow
  void maxPayloadChanged(UdpFlow flow) {
    if (active == flow) {
      maxPayloadBytes = flow.maxPayloadBytes();
      listener.maxPayloadChanged(this);
    }
  }

  void state(TunnelState now) {
    if (!closed) {
      state = now;
      listener.state(this, now);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /// What waits for a flow that will not come. Any thread: once the tunnel is closed and no flow is
  /// in use, none empties the queue.
  private synchronized void discard() {
    if (active == null) {
      ByteBuf next = queue.poll();
      while (next != null) {
        drop(next, notOpen);
        next = queue.poll();
      }
    }
  }

  @Override
  public int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  @Override
  public TunnelState state() {
    return state;
  }

  @Override
  public TunnelCounters counters() {
    return new TunnelCounters(
        offered.get(),
        flowCounters.sent(),
        flowCounters.capsulesSent(),
        flowCounters.received(),
        queue.size(),
        queueFull.get(),
        notOpen.get(),
        flowCounters.drops(),
        opened.get());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    state(new TunnelState.Closed());
    closed = true;
    keeper.closed(this);
    active()
        .ifPresentOrElse(
            flow ->
                flow.stream()
                    .eventLoop()
                    .execute(
                        () -> {
                          flow.close();
                          discard();
                        }),
            this::discard);
  }

  /// Why a flow that ended did, in words.
  static String reason(FlowEnd end) {
    return switch (end.kind()) {
      case FINISHED -> "the proxy ended the tunnel";
      case ABORTED -> "the proxy gave the tunnel up, code 0x" + Long.toHexString(end.code());
      case MALFORMED -> "the proxy sent " + end.text();
      case LOCAL -> "closed";
      case CONNECTION_LOST -> "the connection to the proxy is lost";
    };
  }

  @Override
  public String toString() {
    return "tunnel to " + target;
  }
}
