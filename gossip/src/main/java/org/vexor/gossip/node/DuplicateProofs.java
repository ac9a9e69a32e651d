package org.vexor.gossip.node;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.solana.Pubkey;
import org.vexor.solana.transaction.Octets;

/// Puts the pieces of proofs together. A bounded number of unfinished ones; the oldest go first.
final class DuplicateProofs {
  private static final int MAXIMUM_UNFINISHED = 1024;

  /// Two shreds in a proof fill three.
  private static final int MAXIMUM_PIECES = 4;

  private final Map<Key, Map<Integer, Octets>> unfinished =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Map<Integer, Octets>> eldest) {
          return size() > MAXIMUM_UNFINISHED;
        }
      };

  /// Takes a piece; gives the proof that it was the last piece of.
  Optional<DuplicateProof> add(CrdsData.DuplicateShred piece) {
    if (piece.chunkCount() > MAXIMUM_PIECES) {
      return Optional.empty();
    }
    var key = new Key(piece.owner(), piece.slot(), piece.chunkCount());
    Map<Integer, Octets> pieces = unfinished.computeIfAbsent(key, k -> new LinkedHashMap<>());
    pieces.put(piece.chunkIndex(), piece.chunk());
    if (pieces.size() < piece.chunkCount()) {
      return Optional.empty();
    }
    unfinished.remove(key);
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < piece.chunkCount(); i++) {
      bytes.writeBytes(pieces.getOrDefault(i, Octets.EMPTY).bytes());
    }
    return DuplicateProof.read(piece.owner(), piece.slot(), bytes.toByteArray());
  }

  private record Key(Pubkey witness, long slot, int pieces) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byWitness = witness.compareTo(other.witness);
      int bySlot = byWitness != 0 ? byWitness : Long.compare(slot, other.slot);
      return bySlot != 0 ? bySlot : Integer.compare(pieces, other.pieces);
    }
  }
}
