package org.vexor.tpu.history;

import java.util.Optional;

/// A transaction in a block.
///
/// @param slot of the block
/// @param via who saw it
/// @param atNs when that was known
/// @param error what it failed with in that block, where the source tells; blocks alone do not
public record Sighting(long slot, Via via, long atNs, Optional<String> error) {
  /// Who saw it.
  public enum Via {
    /// A block that this node received and verified.
    TURBINE,
    /// A node that was asked.
    RPC
  }
}
