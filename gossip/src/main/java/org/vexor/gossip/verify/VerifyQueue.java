package org.vexor.gossip.verify;

import java.util.function.Consumer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/// What lies between the node and its verifier, to and fro.
public final class VerifyQueue {
  private final OneToOneConcurrentArrayQueue<Unverified> staked;
  private final OneToOneConcurrentArrayQueue<Unverified> others;
  private final OneToOneConcurrentArrayQueue<Verified> done;

  /// @param capacity messages that wait at each of the three places
  public VerifyQueue(int capacity) {
    staked = new OneToOneConcurrentArrayQueue<>(capacity);
    others = new OneToOneConcurrentArrayQueue<>(capacity);
    done = new OneToOneConcurrentArrayQueue<>(capacity);
  }

  /// Offers a message; the node's thread.
  ///
  /// @param isStaked it comes from an address of an identity with stake
  /// @return whether there was room
  public boolean offer(Unverified message, boolean isStaked) {
    return (isStaked ? staked : others).offer(message);
  }

  /// Takes what was checked; the node's thread.
  ///
  /// @return how many
  public int drain(Consumer<Verified> consumer, int limit) {
    return done.drain(consumer, limit);
  }

  /// Messages that wait to be checked.
  public int waiting() {
    return staked.size() + others.size();
  }

  @Nullable Unverified next() {
    Unverified first = staked.poll();
    return first != null ? first : others.poll();
  }

  /// How many can be finished before the node takes some.
  int room() {
    return done.remainingCapacity();
  }

  void finish(Verified verified) {
    if (!done.offer(verified)) {
      throw new IllegalStateException("room was there, and only this thread takes it");
    }
  }
}
