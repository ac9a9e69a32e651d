package org.vexor.tpu.leader;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.vexor.solana.Pubkey;
import org.vexor.solana.rpc.ClusterNode;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcException;

/// Asks a node again and again which slot it is and who listens where. One thread, which blocks as
/// long as the node's time-out; what it learnt last stays when the node is gone. The contacts may
/// be asked by any thread.
public final class RpcFollower implements LeaderContacts {
  /// A slot: more often would tell nothing new.
  private static final long SLOT_PERIOD_NS = 400_000_000L;

  private static final long CONTACTS_PERIOD_NS = 30_000_000_000L;
  private static final long LONGEST_PAUSE_NS = 15_000_000_000L;

  private final ClusterRpc rpc;
  private final SlotClock clock;
  private long pauseNs = SLOT_PERIOD_NS;
  private long nextSlotNs;
  private long nextContactsNs;
  private boolean started;
  private volatile Map<Pubkey, LeaderContact> contacts = Map.of();
  private volatile Optional<String> trouble = Optional.empty();

  /// @param clock to tell the slots to
  public RpcFollower(ClusterRpc rpc, SlotClock clock) {
    this.rpc = rpc;
    this.clock = clock;
  }

  /// Asks what is due.
  ///
  /// @param clockNs of the caller, read again after the node answered
  /// @return questions answered
  public int doWork(LongSupplier clockNs) {
    long nowNs = clockNs.getAsLong();
    if (!started) {
      started = true;
      nextSlotNs = nowNs;
      nextContactsNs = nowNs;
    }
    if (nowNs - nextSlotNs < 0) {
      return 0;
    }
    try {
      long slot = rpc.slot();
      clock.observe(SlotSource.RPC, slot, clockNs.getAsLong());
      int answered = 1;
      if (nowNs - nextContactsNs >= 0) {
        contacts = read();
        nextContactsNs = nowNs + CONTACTS_PERIOD_NS;
        answered++;
      }
      trouble = Optional.empty();
      pauseNs = SLOT_PERIOD_NS;
      nextSlotNs = nowNs + pauseNs;
      return answered;
    } catch (RpcException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
      pauseNs = Math.min(LONGEST_PAUSE_NS, pauseNs * 2);
      nextSlotNs = clockNs.getAsLong() + pauseNs;
      return 0;
    }
  }

  private Map<Pubkey, LeaderContact> read() throws RpcException {
    Map<Pubkey, LeaderContact> read = new HashMap<>();
    for (ClusterNode node : rpc.clusterNodes()) {
      read.put(
          node.identity(),
          new LeaderContact(node.identity(), node.tpuQuic(), node.tpuVote(), Optional.empty()));
    }
    return Map.copyOf(read);
  }

  @Override
  public Optional<LeaderContact> contact(Pubkey identity) {
    return Optional.ofNullable(contacts.get(identity));
  }

  /// Nodes that the node named last. Any thread.
  public int knownContacts() {
    return contacts.size();
  }

  /// Why it does not answer. Any thread.
  public Optional<String> trouble() {
    return trouble;
  }
}
