package org.vexor.masque.capsule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VarintTest {
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "63, 3f",
    "64, 4040",
    "16383, 7fff",
    "16384, 80004000",
    "1073741823, bfffffff",
    "1073741824, c000000040000000",
    "4611686018427387903, ffffffffffffffff",
    "494878333, 9d7f3e7d",
    "151288809941952652, c2197c5eff14e88c",
    "15293, 7bbd",
    "37, 25"
  })
  void writesTheShortestForm(long value, String hex) {
    ByteBuf out = Unpooled.buffer();
    Varint.write(out, value);
    assertEquals(hex, ByteBufUtil.hexDump(out));
    assertEquals(hex.length() / 2, Varint.length(value));
    assertEquals(value, Varint.read(out));
  }

  @ParameterizedTest
  @CsvSource({"4025, 37", "80000025, 37", "c000000000000025, 37", "c000000000000000, 0"})
  void readsLongerFormsThanNeeded(String hex, long value) {
    ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    assertEquals(value, Varint.read(in));
    assertEquals(0, in.readableBytes());
  }

  @Property
  void whatIsWrittenIsRead(@ForAll @LongRange(min = 0, max = Varint.MAX) long value) {
    ByteBuf out = Unpooled.buffer();
    Varint.write(out, value);
    for (int cut = 0; cut < out.readableBytes(); cut++) {
      ByteBuf part = out.slice(0, cut);
      assertEquals(Varint.INCOMPLETE, Varint.read(part));
      assertEquals(cut, part.readableBytes());
    }
    assertEquals(value, Varint.read(out));
  }

  @Test
  void refusesWhatHasNoForm() {
    assertThrows(IllegalArgumentException.class, () -> Varint.length(-1));
    assertThrows(IllegalArgumentException.class, () -> Varint.length(Varint.MAX + 1));
  }
}
