package org.vexor.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.vexor.linux.Syscall;

/// Numbers and offsets of bpf(2), kernel names kept; from include/uapi/linux/bpf.h, the same on
/// x86_64 and aarch64. The attribute union is zero-filled and its length passed: unknown trailing
/// bytes that are not zero would be refused.
final class Bpf {
  static final int BPF_MAP_CREATE = 0;
  static final int BPF_MAP_LOOKUP_ELEM = 1;
  static final int BPF_MAP_UPDATE_ELEM = 2;
  static final int BPF_MAP_DELETE_ELEM = 3;
  static final int BPF_PROG_LOAD = 5;
  static final int BPF_PROG_TEST_RUN = 10;
  static final int BPF_PROG_GET_FD_BY_ID = 13;
  static final int BPF_OBJ_GET_INFO_BY_FD = 15;
  static final int BPF_LINK_CREATE = 28; // since 5.9

  static final int BPF_PROG_TYPE_XDP = 6;
  static final int BPF_XDP = 37; // attach type
  static final int BPF_F_XDP_HAS_FRAGS = 32;
  static final int BPF_OBJ_NAME_LEN = 16;

  /// Room for every attribute used here, a multiple of 8.
  static final int ATTRIBUTE_BYTES = 128;

  /// MAP_CREATE.
  static final class MapCreate {
    static final long TYPE = 0;
    static final long KEY_SIZE = 4;
    static final long VALUE_SIZE = 8;
    static final long MAX_ENTRIES = 12;
    static final long NAME = 28;

    private MapCreate() {}
  }

  /// MAP_LOOKUP_ELEM, MAP_UPDATE_ELEM, MAP_DELETE_ELEM.
  static final class Element {
    static final long MAP_FD = 0;
    static final long KEY = 8;
    static final long VALUE = 16;

    private Element() {}
  }

  /// PROG_LOAD.
  static final class Load {
    static final long PROG_TYPE = 0;
    static final long INSN_CNT = 4;
    static final long INSNS = 8;
    static final long LICENSE = 16;
    static final long LOG_LEVEL = 24;
    static final long LOG_SIZE = 28;
    static final long LOG_BUF = 32;
    static final long PROG_FLAGS = 44;
    static final long PROG_NAME = 48;
    static final long EXPECTED_ATTACH_TYPE = 68;

    private Load() {}
  }

  /// PROG_TEST_RUN.
  static final class TestRun {
    static final long PROG_FD = 0;
    static final long RETVAL = 4;
    static final long DATA_SIZE_IN = 8;
    static final long DATA_SIZE_OUT = 12;
    static final long DATA_IN = 16;
    static final long DATA_OUT = 24;
    static final long REPEAT = 32;
    static final long DURATION = 36;

    private TestRun() {}
  }

  /// LINK_CREATE.
  static final class Link {
    static final long PROG_FD = 0;
    static final long TARGET_IFINDEX = 4;
    static final long ATTACH_TYPE = 8;
    static final long FLAGS = 12;

    private Link() {}
  }

  /// OBJ_GET_INFO_BY_FD, and struct bpf_prog_info that it fills.
  static final class ObjectInfo {
    static final long BPF_FD = 0;
    static final long INFO_LEN = 4;
    static final long INFO = 8;

    static final long PROG_ID = 4;
    static final long PROG_TAG = 8;
    static final long PROG_JITED_LEN = 16;
    static final long PROG_XLATED_LEN = 20;
    static final long PROG_NAME = 64;
    static final int PROG_INFO_BYTES = 80;

    private ObjectInfo() {}
  }

  private Bpf() {}

  /// Makes the call; `-errno` or the command's result.
  static long call(int command, MemorySegment attribute) {
    return Syscall.BPF.call(command, attribute.address(), attribute.byteSize());
  }

  /// Writes a name as the kernel takes it: 15 letters, digits, `_` or `.`.
  static void putName(MemorySegment attribute, long offset, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length >= BPF_OBJ_NAME_LEN) {
      throw new IllegalArgumentException("bpf name longer than 15 characters: " + name);
    }
    MemorySegment.copy(bytes, 0, attribute, JAVA_BYTE, offset, bytes.length);
  }
}
