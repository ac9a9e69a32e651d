package org.vexor.gossip.verify;

import java.util.ArrayList;
import java.util.List;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.Ping;
import org.vexor.gossip.message.Pong;
import org.vexor.gossip.signature.GossipVerifier;

/// Checks what waits in a [VerifyQueue]. One thread, which may be the node's.
public final class VerifierAgent {
  private static final int BATCH = 64;

  private final VerifyQueue queue;
  private final GossipVerifier verifier;
  private final VerifiedValues known;
  private final Runnable wakeup;

  /// @param wakeup called after a batch, so that a sleeping node takes it
  public VerifierAgent(
      VerifyQueue queue, GossipVerifier verifier, VerifiedValues known, Runnable wakeup) {
    this.queue = queue;
    this.verifier = verifier;
    this.known = known;
    this.wakeup = wakeup;
  }

  /// Checks a bounded number of messages, as long as there is room for what comes of them.
  ///
  /// @return how many
  public int doWork() {
    int checked = 0;
    while (checked < BATCH && queue.hasRoom()) {
      Unverified next = queue.next();
      if (next == null) {
        break;
      }
      queue.finish(check(next));
      checked++;
    }
    if (checked > 0) {
      wakeup.run();
    }
    return checked;
  }

  private Verified check(Unverified next) {
    return switch (next.message()) {
      case GossipMessage.PullRequest request ->
          new Verified(next, !good(List.of(request.caller())).isEmpty(), List.of());
      case GossipMessage.PullResponse response -> new Verified(next, true, good(next.values()));
      case GossipMessage.Push push -> new Verified(next, true, good(next.values()));
      case GossipMessage.Prune prune ->
          new Verified(next, prune.data().isSigned(verifier), List.of());
      case Ping ping -> new Verified(next, ping.isSigned(verifier), List.of());
      case Pong pong -> new Verified(next, pong.isSigned(verifier), List.of());
    };
  }

  private List<CrdsValue> good(List<CrdsValue> values) {
    var good = new ArrayList<CrdsValue>(values.size());
    for (CrdsValue value : values) {
      CrdsValue same = known.find(value);
      if (same != null) {
        good.add(same);
      } else if (value.isSigned(verifier)) {
        known.add(value);
        good.add(value);
      }
    }
    return good;
  }
}
