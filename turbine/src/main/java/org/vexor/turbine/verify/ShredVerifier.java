package org.vexor.turbine.verify;

import static org.vexor.turbine.shred.ShredLayout.ROOT_BYTES;
import static org.vexor.turbine.shred.ShredLayout.SET_PROOF_ENTRIES;

import java.util.Arrays;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.SignatureVerifier;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.shred.ShredView;

/// Checks shreds against their leader's signature. One owner; allocates nothing after construction
/// but what the [SignatureVerifier] does. The sets verified last are remembered, as many as there
/// is room for, and so are signatures found bad: the same bytes again cost no second check.
public final class ShredVerifier {
  /// A mainnet slot has about 40 sets, so some 25 slots in flight; about 3 MB.
  public static final int DEFAULT_SETS = 1024;

  private static final int REJECTED = 256;

  private final SlotLeaders leaders;
  private final SignatureVerifier signatures;
  private final MerkleHasher hasher = new MerkleHasher();
  private final VerifiedSet[] verified;
  private final RejectedSignature[] rejected = new RejectedSignature[REJECTED];
  private final byte[] leader = new byte[Pubkey.LENGTH];
  private final byte[] root = new byte[ROOT_BYTES];

  /// Takes the next set to verify; changes places with the table's entry once it is.
  private VerifiedSet candidate = new VerifiedSet(hasher);

  private long signatureChecks;

  /// A verifier that remembers [#DEFAULT_SETS].
  public ShredVerifier(SlotLeaders leaders, SignatureVerifier signatures) {
    this(leaders, signatures, DEFAULT_SETS);
  }

  /// @param sets how many verified sets to remember, a power of two
  public ShredVerifier(SlotLeaders leaders, SignatureVerifier signatures, int sets) {
    if (Integer.bitCount(sets) != 1) {
      throw new IllegalArgumentException("room for " + sets + " sets; give a power of two");
    }
    this.leaders = leaders;
    this.signatures = signatures;
    this.verified = new VerifiedSet[sets];
    Arrays.setAll(verified, i -> new VerifiedSet(hasher));
    Arrays.setAll(rejected, i -> new RejectedSignature());
  }

  /// Checks one shred, which was parsed and found sound.
  public VerifyOutcome verify(ShredView shred) {
    if (shred.isLegacy()) {
      return VerifyOutcome.NO_ROOT;
    }
    int place = place(shred);
    VerifiedSet set = verified[place];
    if (!set.isOf(shred)) {
      return verifyFirst(shred, place);
    }
    boolean same =
        (shred.proofEntries() == SET_PROOF_ENTRIES && set.hasNodes)
            ? set.nodes.accepts(shred)
            : hasRoot(shred, set.root());
    if (!same) {
      return VerifyOutcome.OTHER_ROOT;
    }
    System.arraycopy(set.root(), 0, root, 0, ROOT_BYTES);
    return VerifyOutcome.VERIFIED;
  }

  private boolean hasRoot(ShredView shred, byte[] expected) {
    hasher.root(shred, root, 0);
    return Arrays.equals(root, expected);
  }

  private VerifyOutcome verifyFirst(ShredView shred, int place) {
    if (!leaders.leader(shred.slot(), leader)) {
      return VerifyOutcome.UNKNOWN_LEADER;
    }
    candidate.begin(shred, hasher);
    System.arraycopy(candidate.root(), 0, root, 0, ROOT_BYTES);
    RejectedSignature before = rejected[(int) shred.longAt(0) & (REJECTED - 1)];
    if (before.is(shred, root, leader)) {
      return VerifyOutcome.BAD_SIGNATURE;
    }
    signatureChecks++;
    if (!signatures.verify(root, 0, ROOT_BYTES, shred.bytes(), shred.base(), leader, 0)) {
      before.become(shred, root, leader);
      return VerifyOutcome.BAD_SIGNATURE;
    }
    VerifiedSet replaced = verified[place];
    verified[place] = candidate;
    candidate = replaced;
    return VerifyOutcome.VERIFIED;
  }

  /// The 32-byte root of the last shred, if that was VERIFIED; overwritten by the next check.
  public byte[] root() {
    return root;
  }

  /// How many Ed25519 checks were made.
  public long signatureChecks() {
    return signatureChecks;
  }

  private int place(ShredView shred) {
    // Sets of a slot take neighbouring places, and slots are 61 apart: with about 40 sets each, the
    // newest slots rarely meet. A clash costs one more check.
    long mixed = shred.slot() * 61 + shred.fecSetIndex() / 32L;
    return (int) mixed & (verified.length - 1);
  }
}
