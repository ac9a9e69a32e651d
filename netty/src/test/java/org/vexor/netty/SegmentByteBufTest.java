package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A buffer over native memory gives and takes what Netty's own heap buffer does.
@ExtendWith(LeakCheck.Extension.class)
final class SegmentByteBufTest {
  private static final int BEFORE = 13;

  private static final ByteBuf DIRECT = Unpooled.directBuffer().writeShort(0x0304);

  /// Reads and writes at an index below the given one, with a value.
  private static final List<BiFunction<ByteBuf, Integer, Object>> ACCESSES =
      List.of(
          (buffer, at) -> buffer.getByte(at),
          (buffer, at) -> buffer.getShort(at),
          (buffer, at) -> buffer.getShortLE(at),
          (buffer, at) -> buffer.getMedium(at),
          (buffer, at) -> buffer.getUnsignedMedium(at),
          (buffer, at) -> buffer.getMediumLE(at),
          (buffer, at) -> buffer.getInt(at),
          (buffer, at) -> buffer.getIntLE(at),
          (buffer, at) -> buffer.getLong(at),
          (buffer, at) -> buffer.getLongLE(at),
          (buffer, at) -> buffer.setByte(at, 0x1fe),
          (buffer, at) -> buffer.setShort(at, 0x1a2b3),
          (buffer, at) -> buffer.setShortLE(at, 0x1a2b3),
          (buffer, at) -> buffer.setMedium(at, 0xa1b2c3d4),
          (buffer, at) -> buffer.setMediumLE(at, 0xa1b2c3d4),
          (buffer, at) -> buffer.setInt(at, 0xa1b2c3d4),
          (buffer, at) -> buffer.setIntLE(at, 0xa1b2c3d4),
          (buffer, at) -> buffer.setLong(at, 0xa1b2c3d4e5f60718L),
          (buffer, at) -> buffer.setLongLE(at, 0xa1b2c3d4e5f60718L),
          (buffer, at) -> buffer.setBytes(at, new byte[] {9, 8, 7}),
          (buffer, at) -> buffer.setBytes(at, ByteBuffer.wrap(new byte[] {6, 5, 4, 3})),
          (buffer, at) -> buffer.setBytes(at, Unpooled.wrappedBuffer(new byte[] {1, 2}), 0, 2),
          (buffer, at) -> buffer.setBytes(at, DIRECT, 0, 2),
          (buffer, at) -> buffer.setZero(at, 3),
          (buffer, at) -> buffer.indexOf(at, buffer.capacity(), (byte) 0),
          (buffer, at) -> buffer.slice(at, 4).getInt(0),
          (buffer, at) -> buffer.nioBuffer(at, 8).getLong(),
          (buffer, at) -> buffer.internalNioBuffer(at, 8).getLong(),
          (buffer, at) -> heapCopy(buffer.copy(at, 8)));

  @Property(tries = 300)
  void agreesWithAHeapBuffer(@ForAll long seed, @ForAll @IntRange(min = 16, max = 60) int length) {
    var random = new SplittableRandom(seed);
    byte[] content = new byte[length];
    random.nextBytes(content);
    ByteBuf expected = Unpooled.copiedBuffer(content);
    Covering buffer = cover(content);
    for (int i = 0; i < 50; i++) {
      var access = ACCESSES.get(random.nextInt(ACCESSES.size()));
      int at = random.nextInt(length - 8);
      Object wanted = access.apply(expected, at);
      Object got = access.apply(buffer, at);
      assertEquals(wanted, got);
      assertEquals(expected, buffer);
    }
    assertEquals(expected.hashCode(), buffer.hashCode());
    buffer.assertNothingElseTouched();
  }

  @Test
  void copiesToEveryKindOfDestination() throws IOException {
    byte[] content = {1, 2, 3, 4, 5, 6, 7, 8};
    Covering buffer = cover(content);
    assertEquals(Unpooled.wrappedBuffer(content), Unpooled.buffer().writeBytes(buffer, 0, 8));
    assertEquals(
        Unpooled.wrappedBuffer(content),
        heapCopy(Unpooled.directBuffer().writeBytes(buffer, 0, 8)));
    var composite = Unpooled.compositeBuffer();
    composite.addComponent(true, Unpooled.directBuffer(4, 4).writeZero(4));
    composite.addComponent(true, Unpooled.buffer(4, 4).writeZero(4));
    composite.setBytes(0, buffer, 0, 8);
    assertEquals(Unpooled.wrappedBuffer(content), heapCopy(composite));
    var into = ByteBuffer.allocate(8);
    buffer.getBytes(0, into);
    assertEquals(0, into.remaining());
    assertArrayEquals(content, into.array());
    var out = new ByteArrayOutputStream();
    buffer.getBytes(0, out, 4);
    assertArrayEquals(new byte[] {1, 2, 3, 4}, out.toByteArray());
    var in = new ByteArrayInputStream(new byte[] {11, 12, 13});
    assertEquals(2, buffer.setBytes(0, in, 2));
    assertEquals(0x0b0c0304, buffer.getInt(0));
    buffer.assertNothingElseTouched();
  }

  @Test
  void goesToAndFromFiles(@TempDir Path folder) throws IOException {
    Covering buffer = cover(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    try (var file =
        FileChannel.open(
            folder.resolve("f"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      assertEquals(4, buffer.getBytes(0, file, 4));
      assertEquals(4, buffer.getBytes(4, file, 4, 4));
      file.position(6);
      assertEquals(2, buffer.setBytes(0, file, 2));
      assertEquals(3, buffer.setBytes(2, file, 1, 3));
    }
    assertEquals(0x0708020304060708L, buffer.getLong(0));
    buffer.assertNothingElseTouched();
  }

  @Test
  void readsByItsAddress() {
    Covering buffer = cover(new byte[] {1, 2, 3, 4});
    assertTrue(buffer.hasMemoryAddress() && buffer.isDirect());
    assertEquals(buffer.memory.address() + BEFORE, buffer.memoryAddress());
  }

  @Test
  void endsWhereTheDatagramEnds() {
    Covering buffer = cover(new byte[] {1, 2, 3, 4});
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.getInt(1));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.writeByte(1));
    assertThrows(IllegalArgumentException.class, () -> buffer.capacity(5));
    buffer.capacity(2);
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.getByte(2));
    assertTrue(buffer.release());
    assertThrows(IllegalReferenceCountException.class, () -> buffer.getByte(0));
  }

  @Test
  void coversAnotherStretchWithFreshIndexes() {
    Covering buffer = cover(new byte[] {1, 2, 3, 4});
    buffer.skipBytes(2).markReaderIndex();
    assertTrue(buffer.release());
    buffer.cover(buffer.memory, 0, 3);
    assertEquals(3, buffer.readableBytes());
    buffer.skipBytes(1).resetReaderIndex();
    assertEquals(0, buffer.readerIndex(), "no mark of an earlier life");
  }

  /// The same bytes in a buffer that nobody needs to release; the given one is released.
  private static ByteBuf heapCopy(ByteBuf counted) {
    ByteBuf copy = Unpooled.copiedBuffer(ByteBufUtil.getBytes(counted));
    assertTrue(counted.release());
    return copy;
  }

  private static Covering cover(byte[] content) {
    var buffer = new Covering(content.length);
    buffer.cover(buffer.memory, BEFORE, content.length);
    buffer.setBytes(0, content);
    return buffer;
  }

  private static final class Covering extends SegmentByteBuf {
    private static final byte UNTOUCHED = 0x55;

    private final MemorySegment memory;

    Covering(int length) {
      memory = Arena.ofAuto().allocate(BEFORE + length + BEFORE);
      memory.fill(UNTOUCHED);
    }

    void assertNothingElseTouched() {
      for (int i = 0; i < BEFORE; i++) {
        assertEquals(UNTOUCHED, memory.get(java.lang.foreign.ValueLayout.JAVA_BYTE, i));
        assertEquals(
            UNTOUCHED,
            memory.get(java.lang.foreign.ValueLayout.JAVA_BYTE, memory.byteSize() - 1 - i));
      }
    }

    @Override
    protected void deallocate() {}
  }
}
