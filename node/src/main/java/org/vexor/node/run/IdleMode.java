package org.vexor.node.run;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.vexor.packet.PacketEngine;

/// What a thread does when there is nothing to do: the less it sleeps, the sooner it sees the next
/// packet, and the more of a core it takes.
public enum IdleMode {
  /// Sleeps in the kernel until a packet comes; what waits for another thread backs off.
  SLEEP("sleep"),
  /// Spins, then yields, then sleeps for up to a millisecond.
  BACKOFF("backoff"),
  /// Lets other threads run.
  YIELD("yield"),
  /// Takes a whole core.
  SPIN("spin");

  /// Between datagrams the thread sleeps in the engine, and looks after old slots this often.
  private static final long SLEEP_NS = 50_000_000;

  private final String word;

  IdleMode(String word) {
    this.word = word;
  }

  /// The word for it on the command line.
  public String word() {
    return word;
  }

  /// For the thread that drives `engine`.
  public IdleStrategy forEngine(PacketEngine engine) {
    return this == SLEEP ? new EngineSleep(engine) : forQueue();
  }

  /// For a thread that waits for another one.
  IdleStrategy forQueue() {
    return switch (this) {
      case SLEEP, BACKOFF -> new BackoffIdleStrategy();
      case YIELD -> YieldingIdleStrategy.INSTANCE;
      case SPIN -> BusySpinIdleStrategy.INSTANCE;
    };
  }

  private record EngineSleep(PacketEngine engine) implements IdleStrategy {
    @Override
    public void idle(int workCount) {
      if (workCount == 0) {
        idle();
      }
    }

    @Override
    public void idle() {
      engine.await(SLEEP_NS);
    }

    @Override
    public void reset() {}
  }
}
