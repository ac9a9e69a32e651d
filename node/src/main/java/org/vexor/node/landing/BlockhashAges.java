package org.vexor.node.landing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcException;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.TransactionView;

/// Ends the transactions of others' making whose blockhash has become too old: how old it is, only
/// a node knows. One thread.
///
/// A node that is a little behind does not know a new blockhash yet, and a block that holds the
/// transaction may be told of a little later; so one counts as too old when a node said so for some
/// seconds.
public final class BlockhashAges {
  private static final long ASK_NS = 1_000_000_000L;
  private static final long SURE_NS = 3_000_000_000L;

  private final ClusterRpc rpc;
  private final Landing landing;
  private final Map<Hash, List<Signature>> signatures = new HashMap<>();
  private final Map<Hash, Long> invalidSinceNs = new HashMap<>();
  private long nextNs;
  private boolean started;

  public BlockhashAges(ClusterRpc rpc, Landing landing) {
    this.rpc = rpc;
    this.landing = landing;
  }

  /// Watches over a transaction, unless it lives as long as its nonce.
  public void watch(Signature signature, TransactionView transaction) {
    if (!SystemProgram.advancesNonce(transaction)) {
      Hash blockhash = Hash.of(transaction.bytes(), transaction.blockhashOffset());
      signatures.computeIfAbsent(blockhash, _ -> new ArrayList<>()).add(signature);
    }
  }

  /// Asks when it is due. An answer that does not come changes nothing.
  ///
  /// @return transactions that were ended
  public int doWork(long nowNs) {
    if (started && nowNs - nextNs < 0) {
      return 0;
    }
    started = true;
    nextNs = nowNs + ASK_NS;
    int ended = 0;
    for (Hash blockhash : Set.copyOf(signatures.keySet())) {
      try {
        ended += look(blockhash, nowNs);
      } catch (RpcException e) {
        return ended; // the landing tells that its node does not answer
      }
    }
    return ended;
  }

  private int look(Hash blockhash, long nowNs) throws RpcException {
    if (rpc.isBlockhashValid(blockhash)) {
      invalidSinceNs.remove(blockhash);
      return 0;
    }
    long sinceNs = invalidSinceNs.computeIfAbsent(blockhash, _ -> nowNs);
    if (nowNs - sinceNs < SURE_NS) {
      return 0;
    }
    int ended = 0;
    for (Signature signature : signatures.getOrDefault(blockhash, List.of())) {
      ended += landing.expire(signature) ? 1 : 0;
    }
    signatures.remove(blockhash);
    return ended;
  }
}
