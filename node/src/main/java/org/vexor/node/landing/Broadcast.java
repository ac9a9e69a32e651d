package org.vexor.node.landing;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.vexor.node.route.LeaderRoutes;
import org.vexor.node.route.WayOut;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.PortLoops;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.history.Sighting;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.Submission;
import org.vexor.tpu.send.TpuTarget;
import org.vexor.turbine.verify.SlotLeaders;

/// A client of a cluster of which it knows gossip alone, no node to ask. Where somebody said who
/// leads it sends to those who lead next, else to whoever votes, as the leader is among them. Any
/// thread, but [#close] for one.
public final class Broadcast implements AutoCloseable {
  /// A vote for a slot is there when the slot is over, a shred while it goes on; leaders change
  /// every four slots. From one slot before to two windows on.
  private static final int SLOTS_BACK = 1;

  private static final int SLOTS_AHEAD = 2 * Epochs.LEADER_WINDOW_SLOTS;

  /// Voters that are not heard of for so long are not waited for: each votes every slot.
  private static final long SETTLED_NS = 1_500_000_000L;

  private static final long LOOK_NS = 20_000_000;

  private final ClusterLink link;
  private final Optional<SlotLeaders> leaders;
  private final int most;
  private final TransactionHistory history;
  private final PortLoops loops;
  private final LeaderRoutes routes;
  private final QuicSender sender;
  private final boolean seesBlocks;

  /// What it stands on.
  ///
  /// @param link not started yet; closed with the client, and when it does not come to be
  /// @param leaders who leads, where somebody said so
  /// @param most nodes that a transaction is sent to in one go
  /// @param local from where
  public record Wiring(
      ClusterLink link,
      Optional<SlotLeaders> leaders,
      int most,
      InetSocketAddress local,
      WayOut way,
      Keypair identity,
      HistoryListener listener) {
    /// Who signs the shreds of a slot: as was said, or the only one who votes.
    private boolean leader(long slot, byte[] target) {
      if (leaders.isPresent()) {
        return leaders.get().leader(slot, target);
      }
      List<Pubkey> voters = link.voters().all();
      if (voters.size() != 1) {
        return false;
      }
      voters.getFirst().copyTo(target, 0);
      return true;
    }

    private boolean knowsLeaders() {
      return leaders.isPresent() || link.voters().all().size() == 1;
    }
  }

  /// Blocks may come before there is a client to tell of them.
  private static final class LateListener implements ClusterFeed.CompleteBlocks {
    private volatile ClusterFeed.CompleteBlocks listener = (slot, all) -> {};

    @Override
    public void complete(long slot, List<Signature> signatures) {
      listener.complete(slot, signatures);
    }
  }

  private Broadcast(Wiring wiring) {
    link = wiring.link();
    leaders = wiring.leaders();
    most = wiring.most();
    seesBlocks = link.receivesBlocks() && wiring.knowsLeaders();
    history =
        new TransactionHistory(
            TransactionHistory.DEFAULT_STORIES,
            System::nanoTime,
            this::newestSlot,
            slot -> Optional.empty(),
            wiring.listener());
    loops = PortLoops.start("tpu-client", 1, () -> PacketEngines.local(EngineOptions.DEFAULT));
    routes = wiring.way().leaders(loops, wiring.local(), 1, wiring.identity());
    SenderOptions options = SenderOptions.DEFAULT;
    sender =
        QuicSender.start(
            routes.paths(),
            seesBlocks ? options : options.withResendEvery(Duration.ZERO),
            this::targets,
            history,
            routes.paths().timer(),
            new SplittableRandom(),
            CacheObserver.NONE);
  }

  /// Joins the cluster, and waits until gossip has told who votes.
  ///
  /// @throws org.vexor.packet.PortException when a port of the link cannot be bound
  /// @throws IllegalStateException when the local address cannot be bound
  public static Broadcast join(Wiring wiring, Duration patience) {
    var blocks = new LateListener();
    try {
      wiring.link().start(wiring::leader, blocks);
      awaitVoters(wiring.link(), patience);
      var broadcast = new Broadcast(wiring);
      blocks.listener = broadcast::complete;
      return broadcast;
    } catch (RuntimeException e) {
      wiring.link().close();
      throw e;
    }
  }

  private static void awaitVoters(ClusterLink link, Duration patience) {
    long startNs = System.nanoTime();
    long changedNs = startNs;
    int known = 0;
    while (System.nanoTime() - startNs < patience.toNanos()
        && (known == 0 || System.nanoTime() - changedNs < SETTLED_NS)) {
      LockSupport.parkNanos(LOOK_NS);
      int now = link.voters().all().size();
      if (now != known) {
        known = now;
        changedNs = System.nanoTime();
      }
    }
  }

  private void complete(long slot, List<Signature> signatures) {
    long nowNs = System.nanoTime();
    for (Signature signature : signatures) {
      if (history.seen(
          signature, new Sighting(slot, Sighting.Via.TURBINE, nowNs, Optional.empty()))) {
        boolean _ = sender.landed(signature);
      }
    }
  }

  private long newestSlot() {
    return Math.max(link.newestSlot(), link.voters().newestSlot());
  }

  /// Whom a transaction goes to now: each once, at most as many as wanted.
  public List<TpuTarget> targets() {
    List<TpuTarget> next = reachable(nextLeaders());
    return next.isEmpty() ? reachable(link.voters().all()) : next;
  }

  private List<Pubkey> nextLeaders() {
    long newest = newestSlot();
    List<Pubkey> next = new ArrayList<>();
    if (leaders.isEmpty() || newest < 0) {
      return next;
    }
    byte[] key = new byte[Pubkey.LENGTH];
    long last = newest + SLOTS_AHEAD;
    for (long slot = Math.max(0, newest - SLOTS_BACK); slot <= last; slot++) {
      if (leaders.get().leader(slot, key) && !next.contains(Pubkey.of(key))) {
        next.add(Pubkey.of(key));
      }
    }
    return next;
  }

  private List<TpuTarget> reachable(List<Pubkey> nodes) {
    List<TpuTarget> targets = new ArrayList<>();
    for (Pubkey node : nodes) {
      if (targets.size() == most) {
        break;
      }
      link.contacts()
          .contact(node)
          .flatMap(contact -> contact.tpu())
          .ifPresent(tpu -> targets.add(new TpuTarget(node, tpu)));
    }
    return targets;
  }

  /// Nodes that vote, reachable or not.
  public int voters() {
    return link.voters().all().size();
  }

  /// Opens connections to all that a transaction would go to now.
  ///
  /// @return whether there are some, all connected
  public boolean connect() {
    List<TpuTarget> now = targets();
    sender.warm(now);
    return !now.isEmpty() && now.stream().allMatch(sender::isConnected);
  }

  /// Whether our own turbine can tell what landed: then a transaction is sent again until a block
  /// holds it, else each node gets it once.
  public boolean seesBlocks() {
    return seesBlocks;
  }

  /// Whether a whole block came.
  public boolean bringsBlocks() {
    return link.bringsBlocks();
  }

  /// Sends a transaction.
  public Submission submit(Signature signature, byte[] transaction) {
    boolean isNew = history.accepted(signature);
    Submission submission =
        sender.submit(SendRequest.of(signature, transaction, SendRequest.NO_LIMIT));
    if (isNew && submission != Submission.ACCEPTED) {
      history.rejected(signature, submission.name());
    }
    return submission;
  }

  /// What became of what was submitted.
  public TransactionHistory history() {
    return history;
  }

  /// Transactions that are not over.
  public int open() {
    return sender.pending();
  }

  @Override
  public void close() {
    link.close();
    sender.close();
    routes.close();
    loops.close();
  }
}
