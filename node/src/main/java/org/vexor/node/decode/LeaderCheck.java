package org.vexor.node.decode;

import java.util.HashMap;
import java.util.Map;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// Whether the leader signed a root; each pair of root and signature is checked once. Not for more
/// than one thread.
public final class LeaderCheck {
  /// Ed25519 of one signature.
  @FunctionalInterface
  public interface Verifier {
    /// Whether `signature` is that of `key` over the 32 bytes of `root`.
    boolean verify(Pubkey key, Hash root, Signature signature);
  }

  private record Signed(Hash root, Signature signature) {}

  private final Pubkey leader;
  private final Verifier verifier;
  private final Map<Signed, Boolean> known = new HashMap<>();

  /// @param leader whose signature the shreds must bear
  public LeaderCheck(Pubkey leader, Verifier verifier) {
    this.leader = leader;
    this.verifier = verifier;
  }

  Pubkey leader() {
    return leader;
  }

  boolean signed(Hash root, Signature signature) {
    return known.computeIfAbsent(
        new Signed(root, signature), pair -> verifier.verify(leader, root, signature));
  }
}
