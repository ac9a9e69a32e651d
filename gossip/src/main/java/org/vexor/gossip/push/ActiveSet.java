package org.vexor.gossip.push;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vexor.gossip.filter.Bloom;
import org.vexor.gossip.table.Stakes;
import org.vexor.solana.Pubkey;
import org.vexor.solana.random.ChaCha;
import org.vexor.solana.random.WeightedShuffle;

/// Whom news are pushed to. There is an entry for each class of stake, since owners with much stake
/// are to be heard of by way of peers with much. Facts: agave gossip/src/push_active_set.rs.
public final class ActiveSet {
  /// How many peers a value is pushed to.
  public static final int FANOUT = 9;

  /// How many peers an entry has.
  public static final int PEERS = FANOUT + 3;

  private static final double FALSE_RATE = 0.1;
  private static final int MAXIMUM_BITS = 32_768;
  private static final int MINIMUM_ITEMS = 8192;

  private final Pubkey self;
  private final ChaCha random;
  private final WeightedShuffle shuffle = new WeightedShuffle();
  private final List<Map<Pubkey, Bloom>> entries = new ArrayList<>();

  public ActiveSet(Pubkey self, ChaCha random) {
    this.self = self;
    this.random = random;
  }

  /// Fills entries that lack peers; into each that is full it brings a new one for the oldest.
  ///
  /// @param peers all that may be pushed to, without ourselves
  public void rotate(List<Pubkey> peers, Stakes stakes) {
    int classes = Stakes.bucket(stakes.lamports(self)) + 1; // no owner counts for more than we
    while (entries.size() < classes) {
      entries.add(new LinkedHashMap<>());
    }
    long[] weights = new long[peers.size()];
    for (int entry = 0; entry < entries.size(); entry++) {
      for (int i = 0; i < weights.length; i++) {
        long bucket = Math.min(Stakes.bucket(stakes.lamports(peers.get(i))), entry);
        weights[i] = (bucket + 1) * (bucket + 1);
      }
      shuffle.weights(weights, weights.length);
      rotate(entries.get(entry), peers);
    }
  }

  private void rotate(Map<Pubkey, Bloom> entry, List<Pubkey> peers) {
    int items = Math.max(MINIMUM_ITEMS, peers.size());
    int wanted = entry.size() < PEERS ? PEERS : PEERS + 1;
    for (int i = shuffle.next(random);
        i != WeightedShuffle.EXHAUSTED && entry.size() < wanted;
        i = shuffle.next(random)) {
      Pubkey peer = peers.get(i);
      if (!entry.containsKey(peer)) {
        Bloom pruned = Bloom.random(items, FALSE_RATE, MAXIMUM_BITS, random);
        pruned.add(peer); // it knows its own news
        entry.put(peer, pruned);
      }
    }
    Iterator<Pubkey> oldest = entry.keySet().iterator();
    while (entry.size() > PEERS) {
      oldest.next();
      oldest.remove();
    }
  }

  /// Whether every entry has as many peers as it may have.
  public boolean isFilled() {
    return !entries.isEmpty() && entries.stream().allMatch(entry -> entry.size() == PEERS);
  }

  /// Notes that `peer` does not want to hear of `origins` from us. That it does not want our own
  /// news is not heeded.
  public void prune(Pubkey peer, List<Pubkey> origins, Stakes stakes) {
    for (Pubkey origin : origins) {
      Bloom pruned = entryOf(origin, stakes).get(peer);
      if (pruned != null && !origin.equals(self)) {
        pruned.add(origin);
      }
    }
  }

  /// Gives the peers that are to hear a value of `origin`, at most [#FANOUT].
  public List<Pubkey> peersFor(Pubkey origin, Stakes stakes) {
    var chosen = new ArrayList<Pubkey>(FANOUT);
    for (Map.Entry<Pubkey, Bloom> peer : entryOf(origin, stakes).entrySet()) {
      boolean wanted = origin.equals(self) || !peer.getValue().contains(origin);
      if (wanted && chosen.size() < FANOUT) {
        chosen.add(peer.getKey());
      }
    }
    return chosen;
  }

  private Map<Pubkey, Bloom> entryOf(Pubkey origin, Stakes stakes) {
    long stake = Math.min(stakes.lamports(self), stakes.lamports(origin));
    int bucket = Stakes.bucket(stake);
    return bucket < entries.size() ? entries.get(bucket) : Map.of();
  }
}
