package org.vexor.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortException;
import org.vexor.packet.select.PacketEngines;
import org.vexor.packet.select.Selection;

/// An event loop's I/O: drives one [PacketEngine], made for that loop and closed with it.
///
/// The engine is made by the thread that builds the event loop group, so that a group which cannot
/// have its engines fails at once, and is the loop thread's from its first turn on.
public final class PacketIoHandler implements IoHandler {
  private static final System.Logger LOG = System.getLogger(PacketIoHandler.class.getName());

  /// After a failure of the engine that no single channel has caused; Netty's own transports pause
  /// as long, so that a fault which stays does not take the core.
  private static final long FAILURE_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

  /// [IdleMode#MODERATE]: a turn that handled fewer was not busy, one that handled as many as the
  /// other left datagrams behind. Datagrams count twice, received and sent on.
  private static final int BUSY = 8;

  private static final int FULL = 256;

  /// As short as the system's timers are: Linux adds its slack of 50 µs.
  private static final long NAP_NS = 1;

  private final PacketLoop loop;
  private final ThreadAwareExecutor executor;
  private final IdleMode idleMode;
  private boolean busy;

  private PacketIoHandler(PacketEngine engine, ThreadAwareExecutor executor, IdleMode idleMode) {
    this.loop = new PacketLoop(engine, executor);
    this.executor = executor;
    this.idleMode = idleMode;
  }

  /// Loops that sleep when idle.
  ///
  /// @param engines makes an engine of its own for each event loop; what it throws (as
  ///   [PortException]) fails the making of the group
  public static IoHandlerFactory newFactory(Supplier<? extends PacketEngine> engines) {
    return newFactory(engines, IdleMode.BLOCK);
  }

  /// Loops that idle as asked.
  ///
  /// @param engines makes an engine of its own for each event loop
  public static IoHandlerFactory newFactory(
      Supplier<? extends PacketEngine> engines, IdleMode idleMode) {
    return executor -> new PacketIoHandler(engines.get(), executor, idleMode);
  }

  /// Loops that sleep when idle, each on an engine of its own as `selection` says. Queues of a
  /// device are one engine's, so several loops on AF_XDP take a supplier that gives each its own.
  public static IoHandlerFactory newFactory(Selection selection) {
    return newFactory(() -> PacketEngines.open(selection));
  }

  @Override
  public int run(IoHandlerContext context) {
    try {
      if (busy && context.canBlock()) {
        LockSupport.parkNanos(NAP_NS);
      }
      int handled = turn(context);
      if (handled == 0 && context.canBlock()) {
        idle(context);
        handled = turn(context);
      }
      busy = idleMode == IdleMode.MODERATE && handled >= BUSY && handled < FULL;
      return handled;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the packet engine failed; the event loop goes on", e);
      LockSupport.parkNanos(FAILURE_PAUSE_NS);
      return 0;
    }
  }

  private int turn(IoHandlerContext context) {
    if (!context.shouldReportActiveIoTime()) {
      return loop.turn();
    }
    long beganNs = System.nanoTime();
    int handled = loop.turn();
    if (handled > 0) {
      context.reportActiveIoTime(System.nanoTime() - beganNs);
    }
    return handled;
  }

  private void idle(IoHandlerContext context) {
    switch (idleMode) {
      case BLOCK, MODERATE -> loop.engine().await(context.delayNanos(System.nanoTime()));
      case BUSY_POLL -> Thread.onSpinWait();
    }
  }

  @Override
  public void prepareToDestroy() {
    for (PacketRegistration registration : loop.registrations()) {
      registration.handle().close();
    }
  }

  @Override
  public void destroy() {
    // A loop that ends between two turns has not prepared.
    prepareToDestroy();
    loop.engine().close();
  }

  @Override
  public IoRegistration register(IoHandle handle) {
    if (handle instanceof PacketHandle packetHandle) {
      return loop.register(packetHandle);
    }
    throw new IllegalArgumentException(
        handle.getClass().getName() + " is not a channel of a packet engine");
  }

  @Override
  public void wakeup() {
    if (!executor.isExecutorThread(Thread.currentThread())) {
      loop.engine().wakeup();
    }
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return PacketHandle.class.isAssignableFrom(handleType);
  }
}
