package org.vexor.node.front;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.vexor.node.rpc.Commitment;
import org.vexor.node.rpc.SeenTransaction;
import org.vexor.solana.Signature;
import org.vexor.solana.rpc.SignatureStatus;

/// In which blocks transactions are: what our own blocks say at once, and what the node behind says
/// of how far the cluster agreed. Any thread; no lock is held while that node is asked.
final class StatusBook {
  private static final int MOST_KEPT = 20_000;

  /// An answer is good for a slot.
  private static final long GOOD_NS = TimeUnit.MILLISECONDS.toNanos(400);

  /// Nobody asked for so long: it is no longer followed.
  private static final long WANTED_NS = TimeUnit.SECONDS.toNanos(60);

  private final SeenBlocks blocks;
  private final Upstream upstream;
  private final LongSupplier clockNs;
  private final Map<Signature, Answer> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Signature, Answer> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /// What the node behind said.
  private record Answer(Optional<SeenTransaction> told, long askedNs, long wantedNs) {
    private boolean isFinal() {
      return told.filter(seen -> seen.commitment() == Commitment.FINALIZED).isPresent();
    }

    private Answer wanted(long nowNs) {
      return new Answer(told, askedNs, nowNs);
    }
  }

  /// The node behind, as far as this book asks it.
  @FunctionalInterface
  interface Upstream {
    /// Asks what it has seen of these.
    ///
    /// @param told of each as far as the answers go, also when it throws
    void statuses(List<Signature> signatures, BiConsumer<Signature, Optional<SignatureStatus>> told)
        throws IOException;
  }

  StatusBook(SeenBlocks blocks, Upstream upstream, LongSupplier clockNs) {
    this.blocks = blocks;
    this.upstream = upstream;
    this.clockNs = clockNs;
  }

  /// What is known of these, in their order.
  ///
  /// @throws IOException when one is in no block of ours and the node behind does not answer
  List<Optional<SeenTransaction>> of(List<Signature> signatures) throws IOException {
    long nowNs = clockNs.getAsLong();
    Optional<IOException> failure = ask(toAsk(signatures, nowNs));
    List<Optional<SeenTransaction>> all = new ArrayList<>();
    for (Signature signature : signatures) {
      Optional<SeenTransaction> seen = told(signature).or(() -> own(signature));
      if (seen.isEmpty() && failure.isPresent()) {
        throw failure.get();
      }
      all.add(seen);
    }
    return all;
  }

  /// Asks again for what was wanted a short while ago and is not final.
  void follow() {
    long nowNs = clockNs.getAsLong();
    List<Signature> open = new ArrayList<>();
    synchronized (entries) {
      entries.forEach(
          (signature, entry) -> {
            if (!entry.isFinal() && nowNs - entry.wantedNs() < WANTED_NS) {
              open.add(signature);
            }
          });
    }
    Optional<IOException> _ = ask(open); // asked again in a while
  }

  private List<Signature> toAsk(List<Signature> wanted, long nowNs) {
    List<Signature> asked = new ArrayList<>();
    synchronized (entries) {
      for (Signature signature : wanted) {
        Answer entry = entries.get(signature);
        if (entry == null) {
          asked.add(signature);
          entries.put(signature, new Answer(Optional.empty(), nowNs - 2 * GOOD_NS, nowNs));
        } else {
          entries.put(signature, entry.wanted(nowNs));
          if (!entry.isFinal() && nowNs - entry.askedNs() > GOOD_NS) {
            asked.add(signature);
          }
        }
      }
    }
    return asked;
  }

  /// @return why not, when it did not go well
  private Optional<IOException> ask(List<Signature> all) {
    try {
      upstream.statuses(all, this::answered);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private void answered(Signature signature, Optional<SignatureStatus> status) {
    long nowNs = clockNs.getAsLong();
    synchronized (entries) {
      Answer before = entries.get(signature);
      if (before != null) {
        entries.put(signature, new Answer(status.map(StatusBook::seen), nowNs, before.wantedNs()));
      }
    }
  }

  private static SeenTransaction seen(SignatureStatus status) {
    return new SeenTransaction(
        status.slot(),
        switch (status.commitment()) {
          case "finalized" -> Commitment.FINALIZED;
          case "confirmed" -> Commitment.CONFIRMED;
          default -> Commitment.PROCESSED;
        },
        status.confirmations(),
        status.error());
  }

  private Optional<SeenTransaction> told(Signature signature) {
    synchronized (entries) {
      Answer entry = entries.get(signature);
      return entry == null ? Optional.empty() : entry.told();
    }
  }

  private Optional<SeenTransaction> own(Signature signature) {
    OptionalLong slot = blocks.slotOf(signature);
    return slot.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SeenTransaction(slot.getAsLong(), Commitment.PROCESSED, 0, Optional.empty()));
  }
}
