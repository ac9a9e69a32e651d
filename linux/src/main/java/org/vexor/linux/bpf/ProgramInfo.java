package org.vexor.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// What the kernel knows of a loaded program, ours or another's.
///
/// @param id the kernel's number of it, as in `bpftool prog show id ID`
/// @param name up to 15 characters
/// @param compiledBytes machine code made by the compiler of the kernel; 0 when it interprets
///   (sysctl net.core.bpf_jit_enable)
/// @param instructionBytes instructions after verification; 0 when we may not know
public record ProgramInfo(int id, String name, int compiledBytes, int instructionBytes) {

  /// Looks up a program by the kernel's number; empty when it is gone or we may not look (this
  /// takes CAP_SYS_ADMIN).
  public static Optional<ProgramInfo> byId(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(Bpf.ATTRIBUTE_BYTES, Long.BYTES);
      attribute.set(JAVA_INT, 0, id);
      long number = Bpf.call(Bpf.BPF_PROG_GET_FD_BY_ID, attribute);
      if (Syscall.isError(number)) {
        return Optional.empty();
      }
      try (FileDescriptor file = FileDescriptor.own(number, "bpf program " + id)) {
        return Optional.of(of(file));
      }
    }
  }

  static ProgramInfo of(FileDescriptor program) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(Bpf.ATTRIBUTE_BYTES, Long.BYTES);
      MemorySegment info = arena.allocate(Bpf.ObjectInfo.PROG_INFO_BYTES, Long.BYTES);
      attribute.set(JAVA_INT, Bpf.ObjectInfo.BPF_FD, program.number());
      attribute.set(JAVA_INT, Bpf.ObjectInfo.INFO_LEN, Bpf.ObjectInfo.PROG_INFO_BYTES);
      attribute.set(JAVA_LONG, Bpf.ObjectInfo.INFO, info.address());
      Syscall.BPF.check(Bpf.call(Bpf.BPF_OBJ_GET_INFO_BY_FD, attribute), "asking about " + program);
      return new ProgramInfo(
          info.get(JAVA_INT, Bpf.ObjectInfo.PROG_ID),
          info.getString(Bpf.ObjectInfo.PROG_NAME),
          info.get(JAVA_INT, Bpf.ObjectInfo.PROG_JITED_LEN),
          info.get(JAVA_INT, Bpf.ObjectInfo.PROG_XLATED_LEN));
    }
  }
}
