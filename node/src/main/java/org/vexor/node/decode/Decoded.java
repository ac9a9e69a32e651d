package org.vexor.node.decode;

import java.util.List;
import java.util.Map;
import org.vexor.turbine.shred.ShredRefusal;

/// What was in a capture.
///
/// @param blocks one for each slot of which a shred was kept, lowest first
/// @param datagrams how many there were
/// @param refused datagrams that are no shreds, by reason
/// @param legacy shreds of the first generation, which have no Merkle root and belong to no set
/// @param withoutBlock shreds dropped whose slot has no block, by reason or for their signature
public record Decoded(
    List<DecodedBlock> blocks,
    int datagrams,
    Map<ShredRefusal, Integer> refused,
    int legacy,
    Map<String, Integer> withoutBlock) {
  public Decoded {
    blocks = List.copyOf(blocks);
    refused = Map.copyOf(refused);
    withoutBlock = Map.copyOf(withoutBlock);
  }
}
