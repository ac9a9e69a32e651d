package org.vexor.solana.transaction;

import java.util.List;
import org.vexor.solana.Pubkey;

/// An address table on chain, as the builder of a version 0 message needs to know it.
///
/// @param addresses at most 256, as an index is one byte
public record AddressTable(Pubkey key, List<Pubkey> addresses) {
  /// Copies the list.
  ///
  /// @throws IllegalArgumentException when it has more than 256 addresses
  public AddressTable {
    addresses = List.copyOf(addresses);
    if (addresses.size() > 256) {
      throw new IllegalArgumentException(
          "address table " + key + " has " + addresses.size() + " addresses; 256 is the most");
    }
  }
}
