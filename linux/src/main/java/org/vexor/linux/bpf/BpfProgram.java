package org.vexor.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;

/// An XDP program that the kernel has verified and holds; it does nothing until an [XdpLink]
/// attaches it. Closing gives up our hold; a link keeps its own.
public final class BpfProgram implements AutoCloseable {
  private static final int LOG_BYTES = 64 * 1024;
  private static final int LOG_TAIL = 2000;
  private static final int SLOT_BYTES = 8;
  private static final String REMEDY =
      "run as root or with CAP_BPF and CAP_NET_ADMIN (before kernel 5.8: CAP_SYS_ADMIN)";

  /// Far more than signals come in a row.
  private static final int LOAD_ATTEMPTS = 20;

  private final FileDescriptor file;

  private BpfProgram(FileDescriptor file) {
    this.file = file;
  }

  /// Has the kernel verify and take an XDP program.
  ///
  /// @param name for bpftool, up to 15 characters
  /// @param instructions as [Assembler#assemble()] gives them
  /// @param fragments whether frames of several buffers may be given to it (jumbo MTU)
  /// @throws KernelException EPERM without capability; else the end of the verifier's log is in it
  public static BpfProgram loadXdp(String name, byte[] instructions, boolean fragments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(Bpf.ATTRIBUTE_BYTES, Long.BYTES);
      MemorySegment code = arena.allocate(instructions.length, Long.BYTES);
      MemorySegment.copy(instructions, 0, code, JAVA_BYTE, 0, instructions.length);
      attribute.set(JAVA_INT, Bpf.Load.PROG_TYPE, Bpf.BPF_PROG_TYPE_XDP);
      attribute.set(JAVA_INT, Bpf.Load.INSN_CNT, instructions.length / SLOT_BYTES);
      attribute.set(JAVA_LONG, Bpf.Load.INSNS, code.address());
      // No helper used is GPL only, so any licence will do; this is the project's.
      attribute.set(JAVA_LONG, Bpf.Load.LICENSE, arena.allocateFrom("Apache-2.0").address());
      attribute.set(JAVA_INT, Bpf.Load.PROG_FLAGS, fragments ? Bpf.BPF_F_XDP_HAS_FRAGS : 0);
      Bpf.putName(attribute, Bpf.Load.PROG_NAME, name);
      attribute.set(JAVA_INT, Bpf.Load.EXPECTED_ATTACH_TYPE, Bpf.BPF_XDP);
      long result = load(attribute);
      String what = "XDP program " + name;
      if (Syscall.isError(result)) {
        throw new KernelException(
            "bpf", (int) -result, "loading " + what + verifierLog(arena, attribute), REMEDY);
      }
      return new BpfProgram(FileDescriptor.own(result, what));
    }
  }

  /// The verifier gives up with EAGAIN when a signal is on its way to the thread, as a JVM's often
  /// is (kernel/bpf/verifier.c, do_check).
  private static long load(MemorySegment attribute) {
    long result;
    int attempts = LOAD_ATTEMPTS;
    do {
      result = Bpf.call(Bpf.BPF_PROG_LOAD, attribute);
    } while (result == -Errno.EAGAIN && --attempts > 0);
    return result;
  }

  /// Loads again for the log: asking for one from the start would cost every load that succeeds.
  private static String verifierLog(Arena arena, MemorySegment attribute) {
    MemorySegment log = arena.allocate(LOG_BYTES);
    attribute.set(JAVA_INT, Bpf.Load.LOG_LEVEL, 1);
    attribute.set(JAVA_INT, Bpf.Load.LOG_SIZE, LOG_BYTES);
    attribute.set(JAVA_LONG, Bpf.Load.LOG_BUF, log.address());
    long again = load(attribute);
    if (!Syscall.isError(again)) {
      FileDescriptor.own(again, "XDP program loaded for its log").close();
    }
    String text = log.getString(0).strip();
    return text.isEmpty()
        ? ""
        : " (verifier: " + text.substring(Math.max(0, text.length() - LOG_TAIL)) + ")";
  }

  /// Its descriptor.
  public FileDescriptor file() {
    return file;
  }

  /// What the kernel knows of it.
  public ProgramInfo info() {
    return ProgramInfo.of(file);
  }

  @Override
  public void close() {
    file.close();
  }
}
