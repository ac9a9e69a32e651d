package org.vexor.tpu.leader;

import java.util.List;
import java.util.Optional;
import org.vexor.solana.Pubkey;

/// Who listens where: gossip, or a list that a node gave. Any thread; must not block.
@FunctionalInterface
public interface LeaderContacts {
  /// Where a node listens; asked anew for each plan, so that a changed address counts at once.
  Optional<LeaderContact> contact(Pubkey identity);

  /// The first of several that can reach a node.
  static LeaderContacts firstOf(List<LeaderContacts> sources) {
    List<LeaderContacts> all = List.copyOf(sources);
    return identity ->
        all.stream()
            .flatMap(source -> source.contact(identity).stream())
            .filter(LeaderContact::isReachable)
            .findFirst();
  }
}
