package org.vexor.turbine.block;

import static org.vexor.turbine.shred.ShredLayout.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Joins the payloads of data shreds, given in order of index, into batches. The room for a batch
/// grows to the largest seen and is kept. One owner.
public final class Deshredder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /// Room of one full set, the size of most batches.
  private static final int FIRST_BATCH_BYTES = 32 * 1024;

  private byte[] batch = new byte[FIRST_BATCH_BYTES];
  private int length;
  private boolean ended;

  /// Forgets what was joined so far.
  public void clear() {
    length = 0;
    ended = false;
  }

  /// Appends the payload of a data shred, whose `size` must be sound as [ShredView#parse] checks
  /// it; begins a new batch if the last shred ended one.
  ///
  /// @return whether the batch ends with this shred
  public boolean add(byte[] bytes, int base) {
    if (ended) {
      clear();
    }
    int size = (short) SHORT.get(bytes, base + SIZE_OFFSET) & 0xffff;
    int payload = size - DATA_HEADER_BYTES;
    if (length + payload > batch.length) {
      batch = Arrays.copyOf(batch, Math.max(length + payload, 2 * batch.length));
    }
    System.arraycopy(bytes, base + DATA_HEADER_BYTES, batch, length, payload);
    length += payload;
    ended = (bytes[base + FLAGS_OFFSET] & FLAG_DATA_COMPLETE) != 0;
    return ended;
  }

  /// The bytes joined so far, lent until the next call; `length()` of them count.
  public byte[] bytes() {
    return batch;
  }

  /// Bytes joined so far.
  public int length() {
    return length;
  }
}
