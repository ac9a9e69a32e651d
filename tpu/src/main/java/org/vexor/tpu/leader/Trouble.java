package org.vexor.tpu.leader;

import org.vexor.solana.Pubkey;

/// What a plan lacks. The text says what it means.
public sealed interface Trouble {
  /// No source has said a slot yet.
  record NoSlot() implements Trouble {
    @Override
    public String toString() {
      return "which slot it is is not known yet: neither own shreds nor RPC told";
    }
  }

  /// Every source fell silent.
  record Coasting(long ageNs) implements Trouble {
    @Override
    public String toString() {
      return "the slot is counted on by time: nobody confirmed it for " + ageNs / 1_000_000 + " ms";
    }
  }

  /// The node that tells slots, addresses and what has landed does not answer.
  record NoAnswer(String why) implements Trouble {
    @Override
    public String toString() {
      return "the node that is asked does not answer: " + why;
    }
  }

  /// No node tells slots by itself.
  record NoFeed(String why) implements Trouble {
    @Override
    public String toString() {
      return "slots are asked for, as they are not told: " + why;
    }
  }

  /// Nobody knows who leads a slot.
  record NoSchedule(long slot) implements Trouble {
    @Override
    public String toString() {
      return "who leads slot " + slot + " is not known: no schedule covers it";
    }
  }

  /// A leader whose address nobody knows.
  record NoAddress(Pubkey leader, long slot) implements Trouble {
    @Override
    public String toString() {
      return "leader " + leader + " of slot " + slot + " has no known address";
    }
  }
}
