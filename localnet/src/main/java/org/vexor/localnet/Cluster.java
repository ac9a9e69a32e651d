package org.vexor.localnet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.vexor.solana.Epochs;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.cluster.GenesisHash;
import org.vexor.solana.cluster.LeaderSchedule;
import org.vexor.solana.cluster.ShredVersion;
import org.vexor.solana.cluster.StakedLeader;
import org.vexor.solana.crypto.Keypair;

/// Who takes part and who leads when, all drawn from a seed. Immutable.
public final class Cluster {
  private static final long LAMPORTS_PER_SOL = 1_000_000_000L;

  /// Stakes lie between one and this many million SOL, so that leaders differ in how often they
  /// lead.
  private static final int MOST_STAKE = 10;

  /// Another draw than that of the identities, which a seed has always given.
  private static final long VOTE_ACCOUNTS = 0x766f7465;

  private final List<Member> members;
  private final Map<Pubkey, Integer> numbers = new HashMap<>();
  private final LeaderSchedule schedule;
  private final Hash genesis;
  private final int shredVersion;

  /// One node.
  ///
  /// @param number from 0
  /// @param identity signs the blocks it leads
  /// @param lamports its stake
  /// @param voteAccount what it votes for; its identity is the authorized voter
  public record Member(int number, Keypair identity, long lamports, Pubkey voteAccount) {}

  /// Draws the cluster of a seed.
  Cluster(int nodes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom voteAccounts = new SplittableRandom(seed ^ VOTE_ACCOUNTS);
    List<Member> drawn = new ArrayList<>();
    List<StakedLeader> stakes = new ArrayList<>();
    for (int number = 0; number < nodes; number++) {
      Keypair identity = keypair(random);
      long lamports = random.nextInt(1, MOST_STAKE + 1) * 1_000_000L * LAMPORTS_PER_SOL;
      drawn.add(new Member(number, identity, lamports, keypair(voteAccounts).publicKey()));
      numbers.put(identity.publicKey(), number);
      stakes.add(new StakedLeader(identity.publicKey(), identity.publicKey(), lamports));
    }
    members = List.copyOf(drawn);
    Epochs epochs = Epochs.PUBLIC_CLUSTERS;
    schedule = LeaderSchedule.compute(0, stakes, 0, Math.toIntExact(epochs.slots(0)));
    byte[] name = "vexor localnet".getBytes(StandardCharsets.US_ASCII);
    genesis =
        GenesisHash.of(
            ByteBuffer.allocate(name.length + Long.BYTES).put(name).putLong(seed).array());
    shredVersion = ShredVersion.of(genesis, List.of());
  }

  static Keypair keypair(SplittableRandom random) {
    byte[] secret = new byte[Keypair.SEED_LENGTH];
    random.nextBytes(secret);
    return Keypair.fromSeed(secret);
  }

  public List<Member> members() {
    return members;
  }

  /// Who leads each slot of the first epoch.
  public LeaderSchedule schedule() {
    return schedule;
  }

  /// The node that leads a slot of the schedule.
  int leaderOf(long slot) {
    Pubkey leader =
        schedule
            .leader(slot)
            .orElseThrow(() -> new IllegalArgumentException("nobody leads slot " + slot));
    Integer number = numbers.get(leader);
    if (number == null) {
      throw new IllegalStateException("slot " + slot + " is led by a stranger, " + leader);
    }
    return number;
  }

  /// The number of a node; empty for a stranger.
  public Optional<Integer> numberOf(Pubkey identity) {
    return Optional.ofNullable(numbers.get(identity));
  }

  /// Hash of this cluster's genesis: where its chain of hashes starts.
  public Hash genesis() {
    return genesis;
  }

  /// In every shred, so that no other cluster takes it.
  public int shredVersion() {
    return shredVersion;
  }
}
