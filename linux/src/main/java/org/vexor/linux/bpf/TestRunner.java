package org.vexor.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Runs a program on frames of our making, without an interface (PROG_TEST_RUN). Reuses its
/// buffers, so a million frames are a matter of seconds. One thread.
public final class TestRunner implements AutoCloseable {
  /// The kernel refuses frames shorter than an Ethernet header.
  public static final int MIN_FRAME_BYTES = 14;

  /// The longest frame that fits the kernel's test page with its head- and tailroom.
  public static final int MAX_FRAME_BYTES = 3000;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment attribute = arena.allocate(Bpf.ATTRIBUTE_BYTES, Long.BYTES);
  private final MemorySegment frame = arena.allocate(MAX_FRAME_BYTES, Long.BYTES);

  /// @param program stays its owner's
  public TestRunner(BpfProgram program) {
    attribute.set(JAVA_INT, Bpf.TestRun.PROG_FD, program.file().number());
    attribute.set(JAVA_LONG, Bpf.TestRun.DATA_IN, frame.address());
  }

  /// The program's answer to a frame (XDP_PASS is 2, XDP_REDIRECT 4), or `-errno`.
  public int run(byte[] bytes, int length) {
    return run(bytes, length, 1);
  }

  /// The same, after running it `repeat` times; [#durationNs()] then tells the mean.
  public int run(byte[] bytes, int length, int repeat) {
    MemorySegment.copy(bytes, 0, frame, JAVA_BYTE, 0, length);
    attribute.set(JAVA_INT, Bpf.TestRun.DATA_SIZE_IN, length);
    // The kernel wrote the last frame's size here and would take it for the room we have.
    attribute.set(JAVA_INT, Bpf.TestRun.DATA_SIZE_OUT, 0);
    attribute.set(JAVA_INT, Bpf.TestRun.REPEAT, repeat);
    long result = Bpf.call(Bpf.BPF_PROG_TEST_RUN, attribute);
    return result < 0 ? (int) result : attribute.get(JAVA_INT, Bpf.TestRun.RETVAL);
  }

  /// Mean time of one run in the last call, in ns, by the kernel's clock.
  public int durationNs() {
    return attribute.get(JAVA_INT, Bpf.TestRun.DURATION);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
