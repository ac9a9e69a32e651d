package org.vexor.linux.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Offsets of include/uapi/linux/bpf.h; the same on x86_64 and aarch64.
final class BpfLayoutsTest {
  private record Row(String field, long offset, long ours) {}

  @Test
  void offsetsAreThoseOfTheKernel() {
    for (Row row :
        List.of(
            new Row("map_type", 0, Bpf.MapCreate.TYPE),
            new Row("key_size", 4, Bpf.MapCreate.KEY_SIZE),
            new Row("value_size", 8, Bpf.MapCreate.VALUE_SIZE),
            new Row("max_entries", 12, Bpf.MapCreate.MAX_ENTRIES),
            new Row("map_name", 28, Bpf.MapCreate.NAME),
            new Row("map_fd", 0, Bpf.Element.MAP_FD),
            new Row("key", 8, Bpf.Element.KEY),
            new Row("value", 16, Bpf.Element.VALUE),
            new Row("prog_type", 0, Bpf.Load.PROG_TYPE),
            new Row("insn_cnt", 4, Bpf.Load.INSN_CNT),
            new Row("insns", 8, Bpf.Load.INSNS),
            new Row("license", 16, Bpf.Load.LICENSE),
            new Row("log_level", 24, Bpf.Load.LOG_LEVEL),
            new Row("log_size", 28, Bpf.Load.LOG_SIZE),
            new Row("log_buf", 32, Bpf.Load.LOG_BUF),
            new Row("prog_flags", 44, Bpf.Load.PROG_FLAGS),
            new Row("prog_name", 48, Bpf.Load.PROG_NAME),
            new Row("expected_attach_type", 68, Bpf.Load.EXPECTED_ATTACH_TYPE),
            new Row("test.prog_fd", 0, Bpf.TestRun.PROG_FD),
            new Row("test.retval", 4, Bpf.TestRun.RETVAL),
            new Row("test.data_size_in", 8, Bpf.TestRun.DATA_SIZE_IN),
            new Row("test.data_size_out", 12, Bpf.TestRun.DATA_SIZE_OUT),
            new Row("test.data_in", 16, Bpf.TestRun.DATA_IN),
            new Row("test.data_out", 24, Bpf.TestRun.DATA_OUT),
            new Row("test.repeat", 32, Bpf.TestRun.REPEAT),
            new Row("test.duration", 36, Bpf.TestRun.DURATION),
            new Row("link_create.prog_fd", 0, Bpf.Link.PROG_FD),
            new Row("link_create.target_ifindex", 4, Bpf.Link.TARGET_IFINDEX),
            new Row("link_create.attach_type", 8, Bpf.Link.ATTACH_TYPE),
            new Row("link_create.flags", 12, Bpf.Link.FLAGS),
            new Row("info.bpf_fd", 0, Bpf.ObjectInfo.BPF_FD),
            new Row("info.info_len", 4, Bpf.ObjectInfo.INFO_LEN),
            new Row("info.info", 8, Bpf.ObjectInfo.INFO),
            new Row("bpf_prog_info.id", 4, Bpf.ObjectInfo.PROG_ID),
            new Row("bpf_prog_info.tag", 8, Bpf.ObjectInfo.PROG_TAG),
            new Row("bpf_prog_info.jited_prog_len", 16, Bpf.ObjectInfo.PROG_JITED_LEN),
            new Row("bpf_prog_info.xlated_prog_len", 20, Bpf.ObjectInfo.PROG_XLATED_LEN),
            new Row("bpf_prog_info.name", 64, Bpf.ObjectInfo.PROG_NAME))) {
      assertEquals(row.offset, row.ours, row.field);
    }
    assertTrue(Bpf.Load.EXPECTED_ATTACH_TYPE + Integer.BYTES <= Bpf.ATTRIBUTE_BYTES);
  }
}
