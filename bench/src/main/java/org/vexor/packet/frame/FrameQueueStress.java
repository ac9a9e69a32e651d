package org.vexor.packet.frame;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.vexor.packet.BackendReport;
import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;

/// One thread offers two frames to a queue of one place whose indexes wrap; another drains what it
/// sees. Each frame is seen whole, once, in order, or it was refused; each that was taken goes back
/// to the engine once.
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "the second found the queue full")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "so did it here, and both were late")
@Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "the second after the first left")
@Outcome(id = "12, 0, 2", expect = Expect.ACCEPTABLE, desc = "both in two looks")
@State
public class FrameQueueStress {
  private final Frames engine = new Frames();
  private final FrameQueue queue = new FrameQueue(engine, 1, -1);
  private final Frame first = new Frame(1);
  private final Frame second = new Frame(2);

  /// What the draining thread saw, as decimal digits; 9 for a frame that was not whole.
  private int seen;

  private void take(MemorySegment segment, long offset, int length, long receivedNs) {
    boolean whole =
        segment.byteSize() == length && offset == 10L * length && receivedNs == 100L * length;
    seen = 10 * seen + (whole ? length : 9);
  }

  @Actor
  public void offer() {
    var _ = queue.offer(first);
    var _ = queue.offer(second);
  }

  @Actor
  public void drain(III_Result result) {
    int _ = queue.drain(this::take, 2);
    int _ = queue.drain(this::take, 2);
    result.r1 = seen;
    seen = 0;
  }

  @Arbiter
  public void rest(III_Result result) {
    int _ = queue.drain(this::take, 2);
    result.r2 = seen;
    result.r3 = engine.released;
  }

  /// A datagram whose every part is told from its number.
  private record Frame(int number) implements Datagram {
    private static final List<MemorySegment> SEGMENTS =
        List.of(
            MemorySegment.ofArray(new byte[0]),
            MemorySegment.ofArray(new byte[1]),
            MemorySegment.ofArray(new byte[2]));

    @Override
    public MemorySegment segment() {
      return SEGMENTS.get(number);
    }

    @Override
    public long offset() {
      return 10L * number;
    }

    @Override
    public int length() {
      return number;
    }

    @Override
    public long sourceHigh() {
      return 0;
    }

    @Override
    public long sourceLow() {
      return 0;
    }

    @Override
    public int sourcePort() {
      return 0;
    }

    @Override
    public long receivedNs() {
      return 100L * number;
    }

    @Override
    public long retain() {
      return number;
    }
  }

  /// Counts what it gets back; of the draining thread.
  private static final class Frames implements PacketEngine {
    private int released;

    @Override
    public void release(long frame) {
      released++;
    }

    @Override
    public PacketPort open(PortOptions options, DatagramHandler handler) {
      throw new UnsupportedOperationException("it only takes frames back");
    }

    @Override
    public int doWork() {
      return 0;
    }

    @Override
    public void await(long timeoutNs) {}

    @Override
    public void wakeup() {}

    @Override
    public BackendReport report() {
      throw new UnsupportedOperationException("it only takes frames back");
    }

    @Override
    public List<PacketPort> ports() {
      return List.of();
    }

    @Override
    public TrafficCounters counters() {
      throw new UnsupportedOperationException("it only takes frames back");
    }

    @Override
    public void close() {}
  }
}
