package org.vexor.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/// Layouts of struct mmsghdr, msghdr and iovec (64 bits): the same on x86_64 and aarch64.
final class MessageTableTest {
  @Test
  void headersAreWiredUpWhereTheKernelLooks() {
    try (Arena arena = Arena.ofConfined()) {
      MessageTable table = new MessageTable(arena, 3, 24);
      assertEquals(3 * 64, table.headers.byteSize());
      for (int i = 0; i < 3; i++) {
        long header = i * 64L;
        assertEquals(
            table.names.address() + i * 32L, table.headers.get(JAVA_LONG, header), "msg_name");
        assertEquals(
            table.vectors.address() + i * 16L,
            table.headers.get(JAVA_LONG, header + 16),
            "msg_iov");
        assertEquals(1, table.headers.get(JAVA_LONG, header + 24), "msg_iovlen");
        assertEquals(
            table.controls.address() + i * 24L,
            table.headers.get(JAVA_LONG, header + 32),
            "msg_control");
        assertEquals(0, table.headers.get(JAVA_INT, header + 48), "msg_flags");
      }
      assertEquals(8, MessageTable.NAME_LENGTH);
      assertEquals(40, MessageTable.CONTROL_LENGTH);
      assertEquals(56, MessageTable.LENGTH, "msg_len behind the msghdr of 56 bytes");
      assertThrows(IllegalArgumentException.class, () -> new MessageTable(arena, 1025, 0));
    }
  }
}
