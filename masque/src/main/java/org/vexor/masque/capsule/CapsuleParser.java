package org.vexor.masque.capsule;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Finds capsules in a byte stream, however it is cut. One thread.
///
/// A value that lies whole in the bytes at hand is lent as a slice of them; only one that is cut is
/// copied together.
public final class CapsuleParser implements AutoCloseable {
  private static final int HEADER_MAX_BYTES = 2 * Varint.MAX_BYTES;

  private final ByteBufAllocator allocator;
  private final CapsuleReceiver receiver;
  private final int maxValueBytes;
  private final byte[] header = new byte[HEADER_MAX_BYTES];
  private int headerBytes;
  private State state = State.HEADER;
  private long type;
  private long leftBytes;
  private @Nullable ByteBuf value;

  private enum State {
    HEADER,
    VALUE,
    SKIP,
    MALFORMED
  }

  /// @param allocator of values that come in pieces
  /// @param maxValueBytes longest value that is handed over; longer ones are skipped
  public CapsuleParser(ByteBufAllocator allocator, CapsuleReceiver receiver, int maxValueBytes) {
    this.allocator = allocator;
    this.receiver = receiver;
    this.maxValueBytes = maxValueBytes;
  }

  /// Takes the next bytes of the stream, all of them.
  ///
  /// @param in stays the caller's to release
  /// @return whether the stream is well-formed so far; once it is not, it stays so
  public boolean parse(ByteBuf in) {
    // An empty value still has to be handed over, though no byte is left to be read.
    while (state != State.MALFORMED && (in.isReadable() || isValueComplete())) {
      switch (state) {
        case HEADER -> readHeader(in);
        case VALUE -> readValue(in);
        case SKIP -> skip(in);
        case MALFORMED -> {}
      }
    }
    if (state == State.MALFORMED) {
      in.skipBytes(in.readableBytes());
    }
    return state != State.MALFORMED;
  }

  private boolean isValueComplete() {
    return leftBytes == 0 && (state == State.VALUE || state == State.SKIP);
  }

  private void readHeader(ByteBuf in) {
    while (in.isReadable()) {
      header[headerBytes++] = in.readByte();
      int typeBytes = Varint.lengthOfForm(header[0]);
      if (headerBytes > typeBytes) {
        int lengthBytes = Varint.lengthOfForm(header[typeBytes]);
        if (headerBytes == typeBytes + lengthBytes) {
          headerBytes = 0;
          begin(number(0, typeBytes), number(typeBytes, lengthBytes));
          return;
        }
      }
    }
  }

  private long number(int at, int length) {
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits = bits << Byte.SIZE | (header[at + i] & 0xff);
    }
    return bits & (1L << (length * Byte.SIZE - 2)) - 1;
  }

  private void begin(long newType, long lengthBytes) {
    type = newType;
    leftBytes = lengthBytes;
    boolean wanted = receiver.wants(newType, lengthBytes);
    boolean tooLong = lengthBytes > maxValueBytes;
    if (wanted && !tooLong) {
      state = State.VALUE;
    } else {
      state = State.SKIP;
      receiver.skipped(newType, lengthBytes, wanted);
    }
  }

  private void skip(ByteBuf in) {
    int skipped = (int) Math.min(leftBytes, in.readableBytes());
    in.skipBytes(skipped);
    leftBytes -= skipped;
    if (leftBytes == 0) {
      state = State.HEADER;
    }
  }

  private void readValue(ByteBuf in) {
    ByteBuf begun = value;
    if (begun == null && in.readableBytes() >= leftBytes) {
      ByteBuf whole = in.readSlice((int) leftBytes);
      leftBytes = 0;
      hand(whole);
      return;
    }
    if (begun == null) {
      begun = allocator.buffer((int) leftBytes);
      value = begun;
    }
    int taken = (int) Math.min(leftBytes, in.readableBytes());
    begun.writeBytes(in, taken);
    leftBytes -= taken;
    if (leftBytes == 0) {
      value = null;
      try {
        hand(begun);
      } finally {
        begun.release();
      }
    }
  }

  private void hand(ByteBuf whole) {
    state = State.HEADER;
    if (!receiver.capsule(type, whole)) {
      state = State.MALFORMED;
    }
  }

  /// The stream ended here.
  ///
  /// @return whether it may: not within a capsule
  public boolean finish() {
    return state == State.HEADER && headerBytes == 0;
  }

  /// Bytes of memory held for a value that is not complete.
  public int heldBytes() {
    return value == null ? 0 : value.capacity();
  }

  /// Lets go of a value that will not be completed. Twice if asked.
  @Override
  public void close() {
    state = State.MALFORMED;
    if (value != null) {
      value.release();
      value = null;
    }
  }
}
