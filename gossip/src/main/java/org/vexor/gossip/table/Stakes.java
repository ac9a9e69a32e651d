package org.vexor.gossip.table;

import java.util.HashMap;
import java.util.Map;
import org.vexor.solana.Pubkey;

/// How much stake stands behind each identity. Never changes; safe for all threads.
public final class Stakes {
  /// Nobody has any, as at the start of a cluster, or when nobody told us.
  public static final Stakes NONE = new Stakes(Map.of());

  /// Lamports of one SOL.
  public static final long LAMPORTS_PER_SOL = 1_000_000_000L;

  private static final int HIGHEST_BUCKET = 24;

  private final Map<Pubkey, Long> lamports;

  private Stakes(Map<Pubkey, Long> lamports) {
    this.lamports = lamports;
  }

  /// From lamports by identity; zero and less is left out.
  public static Stakes of(Map<Pubkey, Long> lamports) {
    var staked = new HashMap<Pubkey, Long>();
    lamports.forEach(
        (identity, stake) -> {
          if (stake > 0) {
            staked.put(identity, stake);
          }
        });
    return staked.isEmpty() ? NONE : new Stakes(Map.copyOf(staked));
  }

  /// Lamports behind an identity; 0 when there are none.
  public long lamports(Pubkey identity) {
    return lamports.getOrDefault(identity, 0L);
  }

  /// Whether nobody has any.
  public boolean isEmpty() {
    return lamports.isEmpty();
  }

  /// How many identities have some.
  public int stakedCount() {
    return lamports.size();
  }

  /// The class of size of a stake, 0..24: the number of bits of its SOL.
  public static int bucket(long lamports) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(lamports / LAMPORTS_PER_SOL);
    return Math.min(HIGHEST_BUCKET, bits);
  }
}
