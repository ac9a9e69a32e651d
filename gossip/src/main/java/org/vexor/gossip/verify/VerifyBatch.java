package org.vexor.gossip.verify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.Ping;
import org.vexor.gossip.message.Pong;
import org.vexor.solana.crypto.SignatureVerifier;
import org.vexor.solana.crypto.SignedMessage;

/// Messages whose signatures are checked together, which costs less than one by one. A value that
/// came by way of several peers is checked once.
final class VerifyBatch {
  private static final int NONE = -1;

  private final SignatureVerifier verifier;
  private final VerifiedValues known;
  private final List<Pending> pending = new ArrayList<>();
  private final List<SignedMessage> signatures = new ArrayList<>();
  private final Map<CrdsValue, Integer> places = new HashMap<>();

  VerifyBatch(SignatureVerifier verifier, VerifiedValues known) {
    this.verifier = verifier;
    this.known = known;
  }

  int size() {
    return pending.size();
  }

  void add(Unverified message) {
    int place =
        switch (message.message()) {
          case GossipMessage.PullRequest request -> place(request.caller());
          case Ping ping -> place(ping.signed());
          case Pong pong -> place(pong.signed());
          case GossipMessage.Prune prune -> NONE; // has two forms, of which the second is rare
          case GossipMessage.Push push -> NONE;
          case GossipMessage.PullResponse response -> NONE;
        };
    message.values().forEach(this::place);
    pending.add(new Pending(message, place));
  }

  /// Where the answer for a value will be; [#NONE] for one that was found good lately.
  private int place(CrdsValue value) {
    if (known.find(value) != null) {
      return NONE;
    }
    Integer place = places.get(value);
    if (place == null) {
      place = place(value.signed());
      places.put(value, place);
    }
    return place;
  }

  private int place(SignedMessage signed) {
    signatures.add(signed);
    return signatures.size() - 1;
  }

  /// Checks all of them and hands them on in their order. The batch is empty then.
  void finish(Consumer<Verified> consumer) {
    BitSet failed = verifier.verifyMany(signatures);
    places.forEach(
        (value, place) -> {
          if (!failed.get(place)) {
            known.add(value);
          }
        });
    for (Pending next : pending) {
      boolean isSigned =
          next.message().message() instanceof GossipMessage.Prune prune
              ? prune.data().isSigned(verifier)
              : next.place() == NONE || !failed.get(next.place());
      consumer.accept(new Verified(next.message(), isSigned, good(next.message(), failed)));
    }
    pending.clear();
    signatures.clear();
    places.clear();
  }

  private List<CrdsValue> good(Unverified message, BitSet failed) {
    var good = new ArrayList<CrdsValue>(message.values().size());
    for (CrdsValue value : message.values()) {
      Integer place = places.get(value);
      if (place == null || !failed.get(place)) {
        CrdsValue same = known.find(value);
        good.add(same != null ? same : value);
      }
    }
    return good;
  }

  /// @param place of the message's own signature among the answers
  private record Pending(Unverified message, int place) {}
}
