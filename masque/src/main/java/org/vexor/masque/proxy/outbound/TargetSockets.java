package org.vexor.masque.proxy.outbound;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.vexor.masque.http.FlowCounters;
import org.vexor.netty.IdleMode;
import org.vexor.netty.PacketIoHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;
import org.vexor.packet.select.Selection;

/// The event loops of a proxy's packets, each with an engine that carries the ports towards clients
/// and the sockets towards targets. Any thread.
public final class TargetSockets {
  private final EventLoopGroup loops;
  private final Map<Object, LoopSockets> byLoop = new ConcurrentHashMap<>();
  private final List<LoopSockets> all = new CopyOnWriteArrayList<>();
  private final Map<EventLoop, FlowCounters> flows = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();
  private final LongAdder handOverDrops = new LongAdder();

  /// Starts the loops.
  ///
  /// @param packets what the engine of each loop is to be
  /// @throws PortException when the backend asked for does not work here
  public TargetSockets(int loopCount, ThreadFactory threads, Selection packets) {
    IoHandlerFactory factory =
        executor -> {
          LoopEngine engine = LoopEngine.open(packets);
          byLoop.put(executor, new LoopSockets(engine));
          return PacketIoHandler.newFactory(engine::engine, IdleMode.MODERATE).newHandler(executor);
        };
    loops = new MultiThreadIoEventLoopGroup(loopCount, threads, factory);
    loops.forEach(
        loop -> {
          LoopSockets sockets = byLoop.get(loop);
          if (sockets != null) {
            sockets.loop((EventLoop) loop);
            all.add(sockets);
          }
        });
  }

  /// For the channels towards clients.
  public EventLoopGroup loops() {
    return loops;
  }

  /// What a packet loop has of its own; empty for other loops.
  public Optional<LoopSockets> on(EventLoop loop) {
    return Optional.ofNullable(byLoop.get(loop));
  }

  /// Sums up the tunnels whose streams live on `loop`, of whatever kind it is.
  public FlowCounters flows(EventLoop loop) {
    return flows.computeIfAbsent(loop, _ -> new FlowCounters());
  }

  /// One of each loop that ever had a stream.
  public List<FlowCounters> flows() {
    return List.copyOf(flows.values());
  }

  /// Of every packet loop.
  public List<LoopSockets> all() {
    return all;
  }

  /// Opens a socket for a stream that lives on `loop`; the stage is completed there, and fails with
  /// [PortException]. To be called there.
  public CompletionStage<TargetSocket> open(
      EventLoop loop, Endpoint target, TargetListener listener) {
    LoopSockets here = byLoop.get(loop);
    if (here != null) {
      try {
        return CompletableFuture.completedFuture(here.open(target, listener));
      } catch (PortException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    LoopSockets there = all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    return HandOver.open(loop, there, target, listener, handOverDrops);
  }

  /// Open sockets, on all loops.
  public int openSockets() {
    return all.stream().mapToInt(each -> each.sockets().open()).sum();
  }

  /// Datagrams lost between two event loops, as too many were under way.
  public long handOverDrops() {
    return handOverDrops.sum();
  }
}
