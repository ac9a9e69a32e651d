package org.vexor.tpu.vote;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;

/// One record of a guard's file: magic 8, sequence u64, slot u64, whether there is a root u64, root
/// u64, bank hash 32, vote account 32, SHA-256 of all that 32; little-endian.
///
/// @param sequence from 1; the higher one is the newer
record GuardCell(long sequence, LastVote vote) {
  /// Cells of a file.
  static final int CELLS = 2;

  /// Bytes of a cell: one sector of most disks, so that neighbours are not written along.
  static final int LENGTH = 512;

  private static final byte[] MAGIC = "VXVOTE01".getBytes(StandardCharsets.US_ASCII);
  private static final int CONTENT = 8 + 4 * Long.BYTES + Hash.LENGTH + Pubkey.LENGTH;

  byte[] serialize(Pubkey voteAccount) {
    ByteBuffer cell = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    cell.put(MAGIC).putLong(sequence).putLong(vote.slot());
    cell.putLong(vote.root().isPresent() ? 1 : 0).putLong(vote.root().orElse(0));
    cell.put(vote.bankHash().bytes()).put(voteAccount.bytes());
    return cell.put(digest(cell.array())).array();
  }

  /// Empty when the bytes are no whole cell of this vote account.
  static Optional<GuardCell> parse(byte[] bytes, Pubkey voteAccount) {
    ByteBuffer cell = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    cell.get(magic);
    byte[] digest = Arrays.copyOfRange(bytes, CONTENT, CONTENT + Hash.LENGTH);
    if (!Arrays.equals(magic, MAGIC)
        || !MessageDigest.isEqual(digest, digest(bytes))
        || !voteAccount.matches(bytes, CONTENT - Pubkey.LENGTH)) {
      return Optional.empty();
    }
    long sequence = cell.getLong();
    long slot = cell.getLong();
    boolean hasRoot = cell.getLong() == 1;
    long root = cell.getLong();
    return Optional.of(
        new GuardCell(
            sequence,
            new LastVote(
                slot,
                hasRoot ? OptionalLong.of(root) : OptionalLong.empty(),
                Hash.of(bytes, cell.position()))));
  }

  private static byte[] digest(byte[] cell) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(cell, 0, CONTENT);
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
