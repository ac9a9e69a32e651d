package org.vexor.gossip.table;

import org.vexor.solana.Hash;

/// Sees hashes of values one by one.
@FunctionalInterface
public interface HashVisitor {
  /// Sees one.
  ///
  /// @param prefix its first 8 bytes as a number; [org.vexor.gossip.crds.CrdsValue#hashPrefix]
  void visit(long prefix, Hash hash);
}
