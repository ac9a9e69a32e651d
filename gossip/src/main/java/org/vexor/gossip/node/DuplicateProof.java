package org.vexor.gossip.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.transaction.Octets;

/// Two shreds that a leader signed for one place. Checked: both name the slot, and they differ. Not
/// checked, since who leads is not known here: the leader's signatures, and that the two contradict
/// each other.
///
/// @param witness who tells of it
public record DuplicateProof(Pubkey witness, long slot, Octets first, Octets second) {
  private static final int SLOT_OFFSET = 65;
  private static final int DATAGRAM_BYTES = 1232;

  /// Bytes of a value besides the piece, and of a message besides the value.
  private static final int CHUNK_BYTES = DATAGRAM_BYTES - 115 - 63;

  /// Reads the pieces of a proof, put together in order.
  static Optional<DuplicateProof> read(Pubkey witness, long slot, byte[] bytes) {
    var in = new WireReader(bytes);
    byte[] first = shred(in);
    byte[] second = shred(in);
    in.expectEnd();
    boolean holds =
        in.ok() && slotOf(first) == slot && slotOf(second) == slot && !Arrays.equals(first, second);
    return holds
        ? Optional.of(new DuplicateProof(witness, slot, Octets.of(first), Octets.of(second)))
        : Optional.empty();
  }

  private static byte[] shred(WireReader in) {
    byte[] shred = new byte[in.vecLength(1, DATAGRAM_BYTES)];
    in.bytes(shred);
    return shred;
  }

  private static long slotOf(byte[] shred) {
    return shred.length < SLOT_OFFSET + Long.BYTES
        ? -1
        : new WireReader(Arrays.copyOfRange(shred, SLOT_OFFSET, SLOT_OFFSET + Long.BYTES)).u64();
  }

  /// The values that tell of this proof.
  ///
  /// @param firstIndex of the first piece; the others follow it
  List<CrdsData> pieces(int firstIndex, long nowMs) {
    var out = new WireWriter(new byte[16 + first.length() + second.length()]);
    out.vecLength(first.length()).bytes(first.bytes());
    out.vecLength(second.length()).bytes(second.bytes());
    byte[] bytes = out.toByteArray();
    int count = (bytes.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
    var pieces = new ArrayList<CrdsData>(count);
    for (int i = 0; i < count; i++) {
      int start = i * CHUNK_BYTES;
      int length = Math.min(CHUNK_BYTES, bytes.length - start);
      int index = (firstIndex + i) % CrdsData.DuplicateShred.COUNT;
      pieces.add(
          new CrdsData.DuplicateShred(
              index, witness, nowMs, slot, 0, 0, count, i, Octets.of(bytes, start, length)));
    }
    return pieces;
  }
}
