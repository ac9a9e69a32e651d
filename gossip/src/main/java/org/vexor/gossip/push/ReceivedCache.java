package org.vexor.gossip.push;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vexor.gossip.table.Stakes;
import org.vexor.solana.Pubkey;

/// Who brings us the news of each owner in time, and who only repeats them. Facts: agave
/// gossip/src/received_cache.rs.
public final class ReceivedCache {
  /// What [#record] is told for a value that was outdated when it came.
  public static final int NOT_TIMELY = Integer.MAX_VALUE;

  private static final int MAXIMUM_ORIGINS = 2 * 8192;
  private static final int MAXIMUM_PEERS = 50;
  private static final int PEERS_AT_FIRST = 12;
  private static final int TIMELY_DUPLICATES = 2;
  private static final int MINIMUM_UPSERTS = 20;
  private static final int MINIMUM_PEERS = 2;
  private static final double MINIMUM_STAKE = 0.15;

  private final Pubkey self;
  private final Map<Pubkey, Deliveries> byOrigin =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Pubkey, Deliveries> eldest) {
          return size() > MAXIMUM_ORIGINS;
        }
      };

  public ReceivedCache(Pubkey self) {
    this.self = self;
  }

  /// Notes that `peer` pushed a value of `origin`.
  ///
  /// @param duplicates how often the value had come before; 0 for news, [#NOT_TIMELY]
  public void record(Pubkey origin, Pubkey peer, int duplicates) {
    byOrigin.computeIfAbsent(origin, key -> new Deliveries()).record(peer, duplicates);
  }

  /// Once enough news of `origin` came: the peers that are not needed for them, and counting starts
  /// over. Else none.
  public List<Pubkey> superfluous(Pubkey origin, Stakes stakes) {
    Deliveries deliveries = byOrigin.get(origin);
    if (deliveries == null || deliveries.upserts < MINIMUM_UPSERTS) {
      return List.of();
    }
    byOrigin.remove(origin);
    double needed = MINIMUM_STAKE * Math.min(stakes.lamports(self), stakes.lamports(origin));
    List<Delivery> peers = deliveries.peers;
    peers.sort(
        Comparator.<Delivery>comparingInt(peer -> peer.score)
            .thenComparingLong(peer -> stakes.lamports(peer.peer))
            .reversed());
    var superfluous = new ArrayList<Pubkey>();
    double stake = 0;
    for (int i = 0; i < peers.size(); i++) {
      Pubkey peer = peers.get(i).peer;
      if (i >= MINIMUM_PEERS && stake >= needed && !peer.equals(origin)) {
        superfluous.add(peer);
      }
      stake += stakes.lamports(peer);
    }
    return superfluous;
  }

  /// A dozen peers bring the news of an owner, so they are looked for one by one.
  private static final class Deliveries {
    private final List<Delivery> peers = new ArrayList<>(PEERS_AT_FIRST);
    private int upserts;

    private void record(Pubkey peer, int duplicates) {
      if (duplicates == 0) {
        upserts++;
      }
      int timely = duplicates < TIMELY_DUPLICATES ? 1 : 0;
      int hash = peer.hashCode();
      for (int i = 0; i < peers.size(); i++) {
        Delivery known = peers.get(i);
        if (known.hash == hash && known.peer.equals(peer)) {
          known.score += timely;
          return;
        }
      }
      if (timely > 0 || peers.size() < MAXIMUM_PEERS) {
        peers.add(new Delivery(peer, timely));
      }
    }
  }

  private static final class Delivery {
    private final Pubkey peer;
    private final int hash;
    private int score;

    private Delivery(Pubkey peer, int score) {
      this.peer = peer;
      this.hash = peer.hashCode();
      this.score = score;
    }
  }
}
