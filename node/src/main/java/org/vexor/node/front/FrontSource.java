package org.vexor.node.front;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vexor.node.landing.Landing;
import org.vexor.node.rpc.Commitment;
import org.vexor.node.rpc.RpcNode;
import org.vexor.node.rpc.RpcSource;
import org.vexor.node.rpc.SeenTransaction;
import org.vexor.node.rpc.SlotTold;
import org.vexor.node.rpc.Submitted;
import org.vexor.solana.Epochs;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.LatestBlockhash;
import org.vexor.solana.rpc.RpcException;
import org.vexor.tpu.leader.SlotEstimate;
import org.vexor.tpu.send.Submission;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.verify.SlotLeaders;

/// A running node, as JSON-RPC asks it. A thread of its own follows what is waited for.
public final class FrontSource implements RpcSource, AutoCloseable {
  /// How often a node is asked for what is waited for, at most.
  private static final long FOLLOW_MS = 400;

  /// The life of a blockhash in blocks, and a tenth for slots without one.
  private static final long LIFE_SLOTS = 165;

  private static final int MOST_WAITING = 64;

  private final Wiring wiring;
  private final StatusBook statuses;
  private final Epochs epochs;
  private final BlockingQueue<SlotTold> finished = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread thread =
      Thread.ofPlatform().name("vexor-front").daemon().unstarted(this::follow);
  private volatile Consumer<SlotTold> listener = slot -> {};
  private volatile boolean closed;

  /// What it stands on.
  ///
  /// @param rpc the node behind, for all that this one cannot know
  /// @param landing sends transactions
  /// @param blocks what our own turbine brought
  /// @param leaders who leads
  /// @param nodes who is there, this node included
  /// @param identity of this node
  public record Wiring(
      ClusterRpc rpc,
      Landing landing,
      SeenBlocks blocks,
      SlotLeaders leaders,
      Supplier<List<RpcNode>> nodes,
      Pubkey identity) {}

  private FrontSource(Wiring wiring) throws RpcException {
    this.wiring = wiring;
    epochs = wiring.rpc().epochs();
    statuses = new StatusBook(wiring.blocks(), wiring.rpc()::signatureStatuses, System::nanoTime);
  }

  /// Starts its thread.
  ///
  /// @param wiring the caller's, closed after this
  /// @throws RpcException when the node behind does not answer
  public static FrontSource start(Wiring wiring) throws RpcException {
    var source = new FrontSource(wiring);
    source.thread.start();
    return source;
  }

  /// A whole block of our own turbine; from the thread that receives them.
  public void finished(BlockSummary block) {
    boolean _ =
        finished.offer(new SlotTold(block.slot(), block.parentSlot().orElse(block.slot()), 0));
  }

  private void follow() {
    try {
      while (!closed) {
        SlotTold next = finished.poll(FOLLOW_MS, TimeUnit.MILLISECONDS);
        statuses.follow();
        if (next != null) {
          listener.accept(new SlotTold(next.slot(), next.parent(), root(next.slot())));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// 0 where the node behind does not say.
  private long root(long of) {
    try {
      return Math.min(of, wiring.rpc().slot(Commitment.FINALIZED.text()));
    } catch (RpcException e) {
      return 0;
    }
  }

  @Override
  public OptionalLong slot(Commitment commitment) throws IOException {
    OptionalLong own = wiring.blocks().newest();
    return commitment == Commitment.PROCESSED && own.isPresent()
        ? own
        : OptionalLong.of(wiring.rpc().slot(commitment.text()));
  }

  @Override
  public OptionalLong blockHeight(Commitment commitment) throws IOException {
    return OptionalLong.of(wiring.rpc().blockHeight(commitment.text()));
  }

  @Override
  public Optional<LatestBlockhash> latestBlockhash(Commitment commitment) throws IOException {
    return Optional.of(wiring.rpc().latestBlockhash(commitment.text()));
  }

  @Override
  public Optional<Boolean> isBlockhashValid(Hash blockhash) throws IOException {
    return Optional.of(wiring.rpc().isBlockhashValid(blockhash));
  }

  /// Sent until it is seen in a block, or until the longest life of a blockhash is over.
  @Override
  public Submitted submit(Signature signature, byte[] transaction) {
    Optional<SlotEstimate> now = wiring.landing().plan().estimate();
    if (now.isEmpty()) {
      return new Submitted.Refused("the slot is not known yet");
    }
    Submission submission =
        wiring.landing().submit(signature, transaction, now.get().latest() + LIFE_SLOTS);
    return switch (submission) {
      case ACCEPTED, DUPLICATE -> new Submitted.Accepted();
      case NO_TARGET ->
          new Submitted.Refused("no leader is known: " + wiring.landing().plan().troubles());
      default -> new Submitted.Refused(submission.name());
    };
  }

  @Override
  public Optional<SeenTransaction> seen(Signature signature) throws IOException {
    return statuses.of(List.of(signature)).getFirst();
  }

  @Override
  public List<Optional<SeenTransaction>> seen(List<Signature> signatures) throws IOException {
    return statuses.of(signatures);
  }

  @Override
  public Optional<JsonNode> elsewhere(String method, JsonNode params) throws IOException {
    List<JsonNode> each = new ArrayList<>();
    params.forEach(each::add);
    return Optional.of(wiring.rpc().client().call(method, each.toArray()));
  }

  @Override
  public List<Pubkey> leaders(long firstSlot, int count) {
    byte[] key = new byte[Pubkey.LENGTH];
    List<Pubkey> leaders = new ArrayList<>();
    for (long slot = firstSlot; slot < firstSlot + count; slot++) {
      if (!wiring.leaders().leader(slot, key)) {
        break;
      }
      leaders.add(Pubkey.of(key));
    }
    return leaders;
  }

  @Override
  public List<RpcNode> nodes() {
    return wiring.nodes().get();
  }

  @Override
  public Optional<String> trouble() {
    return wiring
        .landing()
        .rpcTrouble()
        .or(
            () ->
                wiring.landing().plan().targets().isEmpty()
                    ? Optional.of("no leader is known")
                    : Optional.empty());
  }

  @Override
  public Pubkey identity() {
    return wiring.identity();
  }

  @Override
  public Optional<Hash> genesis() throws IOException {
    return Optional.of(wiring.rpc().genesisHash());
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public void onChange(Consumer<SlotTold> to) {
    listener = to;
  }

  /// Ends the thread.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
