package org.vexor.solana.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WireCodecTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Property(tries = 200)
  void readsBackWhatItWrote(
      @ForAll byte[] bytes,
      @ForAll int u32,
      @ForAll long u64,
      @ForAll long varint,
      @ForAll @IntRange(max = 0xffff) int u16,
      @ForAll boolean option) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment room = arena.allocate(64 + bytes.length);
      WireWriter writer = new WireWriter(room, 3, room.byteSize() - 3);
      writer.u8(u16).u16(u16).u32(u32).u64(u64).varintU64(varint).varintU16(u16).shortVec(u16);
      writer.option(option).vecLength(bytes.length).bytes(bytes);
      assertTrue(writer.ok());

      WireReader reader = new WireReader(room, 3, writer.length());
      assertEquals(u16 & 0xff, reader.u8());
      assertEquals(u16, reader.u16());
      assertEquals(u32, reader.u32());
      assertEquals(u64, reader.u64());
      assertEquals(varint, reader.varintU64());
      assertEquals(u16, reader.varintU16());
      assertEquals(u16, reader.shortVec());
      assertEquals(option, reader.option());
      byte[] copy = new byte[reader.vecLength(1, Integer.MAX_VALUE)];
      reader.bytes(copy);
      assertArrayEquals(bytes, copy);
      reader.expectEnd();
      assertEquals(WireFailure.NONE, reader.failure());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,00",
    "5,05",
    "127,7f",
    "128,8001",
    "255,ff01",
    "16383,ff7f",
    "16384,808001",
    "65535,ffff03"
  })
  void shortVecHasTheBytesOfTheSdk(int value, String encoded) {
    assertArrayEquals(hex(encoded), new WireWriter(new byte[3]).shortVec(value).toByteArray());
    assertEquals(value, new WireReader(hex(encoded)).shortVec());
  }

  @ParameterizedTest
  @CsvSource({
    "8000,NOT_CANONICAL",
    "808000,NOT_CANONICAL",
    "ff00,NOT_CANONICAL",
    "ff8000,NOT_CANONICAL",
    "808004,TOO_LARGE",
    "ffffff00,TOO_LARGE",
    "808081,TOO_LARGE",
    "80,PAST_END",
    "8080,PAST_END"
  })
  void refusesOtherFormsOfAShortVec(String encoded, WireFailure reason) {
    WireReader reader = new WireReader(hex(encoded));
    assertEquals(0, reader.shortVec());
    assertEquals(reason, reader.failure());
  }

  @Test
  void holdsTheLargestVarintAndRefusesOneMore() {
    assertEquals(-1L, new WireReader(hex("ffffffffffffffffff01")).varintU64());
    WireReader reader = new WireReader(hex("ffffffffffffffffff02"));
    reader.varintU64();
    assertEquals(WireFailure.TOO_LARGE, reader.failure());
  }

  @Test
  void staysFailedForTheFirstReason() {
    WireReader reader = new WireReader(new byte[] {1, 2, 3});
    assertEquals(0, reader.u32());
    assertEquals(0, reader.u8());
    assertFalse(reader.option());
    reader.fail(WireFailure.REJECTED);
    assertEquals(WireFailure.PAST_END, reader.failure());
    assertEquals(0, reader.remaining());
    assertEquals(1, reader.wrap(new byte[] {1}).u8());
    assertTrue(reader.ok());
  }

  @Test
  void boundsALengthBeforeAnyoneAllocatesByIt() {
    byte[] huge = new WireWriter(new byte[8]).u64(Long.MAX_VALUE).toByteArray();
    WireReader reader = new WireReader(huge);
    assertEquals(0, reader.vecLength(8, Integer.MAX_VALUE));
    assertEquals(WireFailure.LENGTH_BEYOND_BOUND, reader.failure());
  }

  @Test
  void writesNothingBeyondItsRange() {
    byte[] room = new byte[8];
    WireWriter writer = new WireWriter(MemorySegment.ofArray(room), 2, 3).u16(0x0101).u32(-1).u8(1);
    assertEquals(WireFailure.PAST_END, writer.failure());
    assertArrayEquals(new byte[] {0, 0, 1, 1, 0, 0, 0, 0}, room);
    assertThrows(IllegalStateException.class, writer::toByteArray);
  }

  @FuzzTest
  void neverThrowsWhateverTheBytes(byte[] data) {
    WireReader reader = new WireReader(data);
    while (reader.remaining() > 0) {
      switch (reader.u8() & 7) {
        case 0 -> reader.u16();
        case 1 -> reader.u32();
        case 2 -> reader.varintU64();
        case 3 -> reader.shortVecLength(2, 100);
        case 4 -> reader.vecLength(1, 1000);
        case 5 -> reader.option();
        case 6 -> reader.skip(reader.u16());
        default -> reader.bytes(new byte[9]);
      }
      assertTrue(reader.position() <= data.length);
    }
  }
}
