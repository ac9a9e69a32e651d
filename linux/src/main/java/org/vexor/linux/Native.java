package org.vexor.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/// The one foreign downcall of Vexor: libc's `syscall(2)`, with errno captured.
///
/// A single variadic entry serves every system call, so there is one place where native code is
/// entered. Arguments are longs, not segments: the linker then takes no lock on the session of a
/// shared arena for each call.
final class Native {
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  /// Not final, and never set again: the compiler makes the call a piece of machine code of its own
  /// instead of inlining it. The linker slices the state segment at each call, and a loop that has
  /// taken everything in is too large for the analysis that keeps this slice off the heap: 40 bytes
  /// for each call, in some runs of a program and not in others.
  @SuppressWarnings("FieldMayBeFinal")
  private static MethodHandle SYSCALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                  JAVA_LONG),
              Linker.Option.captureCallState("errno"),
              Linker.Option.firstVariadicArg(1));

  /// errno of the calling thread's last call; an automatic arena, freed after the thread is.
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

  private Native() {}

  static long syscall(long number, long a, long b, long c, long d, long e, long f) {
    MemorySegment state = STATE.get();
    long result;
    try {
      result = (long) SYSCALL.invokeExact(state, number, a, b, c, d, e, f);
    } catch (Throwable t) {
      throw new AssertionError("libc syscall(" + number + ") could not be entered", t);
    }
    return result == -1 ? -state.get(JAVA_INT, ERRNO_OFFSET) : result;
  }
}
