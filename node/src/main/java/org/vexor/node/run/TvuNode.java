package org.vexor.node.run;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.vexor.turbine.tvu.TvuReceiver;

/// Drives a receiver until it is asked to stop: its first stage on the calling thread, each further
/// one on a thread of its own.
public final class TvuNode {
  private final TvuReceiver receiver;
  private final IdleMode idle;
  private final StopSignal stop;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  /// A node that is not running yet.
  public TvuNode(TvuReceiver receiver, IdleMode idle, StopSignal stop) {
    this.receiver = receiver;
    this.idle = idle;
    this.stop = stop;
  }

  /// Runs until the stop signal and closes the receiver.
  ///
  /// @throws IllegalStateException when a stage failed, with its failure as the cause
  public void run() {
    List<Agent> stages = receiver.stages();
    List<AgentRunner> others = stages.stream().skip(1).map(this::start).toList();
    Agent first = stages.getFirst();
    IdleStrategy strategy = idle.forEngine(receiver.engine());
    try {
      while (!stop.isRequested()) {
        strategy.idle(first.doWork());
      }
    } catch (Exception e) {
      failures.add(e);
    } finally {
      // In the order in which datagrams pass, so that each stage gets all of the one before.
      first.onClose();
      others.forEach(AgentRunner::close);
    }
    for (Throwable failure : failures) {
      throw new IllegalStateException("the receiver stopped: " + failure.getMessage(), failure);
    }
  }

  private AgentRunner start(Agent stage) {
    var runner = new AgentRunner(idle.forQueue(), this::fail, null, stage);
    AgentRunner.startOnThread(runner);
    return runner;
  }

  private void fail(Throwable failure) {
    failures.add(failure);
    stop.request();
    receiver.engine().wakeup();
  }
}
