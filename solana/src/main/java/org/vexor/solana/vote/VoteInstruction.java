package org.vexor.solana.vote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vexor.solana.Hash;
import org.vexor.solana.codec.WireFailure;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;

/// The data of a vote: u32 tag 14 (TowerSync) or 15 (TowerSyncSwitch, a hash proving that the
/// switch of forks is allowed behind it), then root u64, ShortVec of (varint distance to the slot
/// before, u8 confirmations), bank hash, optional i64 timestamp, block id. Source: solana-sdk
/// vote-interface, compact serialization.
public sealed interface VoteInstruction {
  /// A vote.
  record Vote(TowerSync tower, Optional<Hash> switchProof) implements VoteInstruction {}

  /// Not a vote, or not one that can be read.
  record Refused(VoteRefusal why) implements VoteInstruction {}

  /// Tag of a vote without proof.
  int TOWER_SYNC = 14;

  /// Tag of a vote with proof.
  int TOWER_SYNC_SWITCH = 15;

  /// On the wire: no slot is rooted yet.
  long NO_ROOT = -1L;

  /// Reads the instruction data the reader is wrapped around, to its end.
  static VoteInstruction read(WireReader reader) {
    int tag = reader.u32();
    if (!reader.ok()) {
      return new Refused(VoteRefusal.MALFORMED);
    }
    if (tag != TOWER_SYNC && tag != TOWER_SYNC_SWITCH) {
      return new Refused(VoteRefusal.OTHER_INSTRUCTION);
    }
    long root = reader.u64();
    int count = reader.shortVecLength(2, TowerSync.MAXIMUM_LOCKOUTS);
    if (reader.failure() == WireFailure.LENGTH_BEYOND_BOUND) {
      return new Refused(VoteRefusal.TOO_MANY_LOCKOUTS);
    }
    List<Lockout> lockouts = new ArrayList<>(count);
    long slot = root == NO_ROOT ? 0 : root;
    for (int i = 0; i < count; i++) {
      long next = slot + reader.varintU64();
      if (Long.compareUnsigned(next, slot) < 0) {
        return new Refused(VoteRefusal.SLOT_OVERFLOW);
      }
      slot = next;
      lockouts.add(new Lockout(slot, reader.u8()));
    }
    Hash bankHash = hash(reader);
    OptionalLong timestamp = reader.option() ? OptionalLong.of(reader.u64()) : OptionalLong.empty();
    Hash blockId = hash(reader);
    Optional<Hash> proof = tag == TOWER_SYNC_SWITCH ? Optional.of(hash(reader)) : Optional.empty();
    reader.expectEnd();
    if (!reader.ok()) {
      return new Refused(VoteRefusal.MALFORMED);
    }
    OptionalLong rooted = root == NO_ROOT ? OptionalLong.empty() : OptionalLong.of(root);
    return new Vote(new TowerSync(rooted, lockouts, bankHash, timestamp, blockId), proof);
  }

  /// The instruction data of a vote.
  static byte[] serialize(Vote vote) {
    TowerSync tower = vote.tower();
    // The longest: tag, root, count, 31 lockouts of 11 bytes, three hashes, timestamp.
    WireWriter writer = new WireWriter(new byte[4 + 8 + 1 + 31 * 11 + 3 * Hash.LENGTH + 9]);
    writer.u32(vote.switchProof().isPresent() ? TOWER_SYNC_SWITCH : TOWER_SYNC);
    writer.u64(tower.root().orElse(NO_ROOT));
    writer.shortVec(tower.lockouts().size());
    long slot = tower.root().orElse(0);
    for (Lockout lockout : tower.lockouts()) {
      writer.varintU64(lockout.slot() - slot).u8(lockout.confirmationCount());
      slot = lockout.slot();
    }
    writer.bytes(tower.bankHash().bytes());
    writer.option(tower.timestampSeconds().isPresent());
    tower.timestampSeconds().ifPresent(writer::u64);
    writer.bytes(tower.blockId().bytes());
    vote.switchProof().ifPresent(proof -> writer.bytes(proof.bytes()));
    return writer.toByteArray();
  }

  private static Hash hash(WireReader reader) {
    byte[] bytes = new byte[Hash.LENGTH];
    reader.bytes(bytes);
    return Hash.of(bytes);
  }
}
