package org.vexor.node.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockAssembler;
import org.vexor.turbine.block.BlockChecks;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.fec.ShredFate;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// Decodes one capture; made anew for each. Not for more than one thread.
public final class CaptureDecoder {
  private final Optional<LeaderCheck> leaderCheck;
  private final BlockAssembler assembler;
  private final List<BlockSummary> blocks = new ArrayList<>();
  private final Map<ShredRefusal, Integer> refused = new EnumMap<>(ShredRefusal.class);
  private final Map<Long, Integer> badSignatures = new TreeMap<>();
  private final Map<ShredFate, Integer> fates = new EnumMap<>(ShredFate.class);
  private final MerkleHasher hasher = new MerkleHasher();
  private final ShredView shred = new ShredView();
  private final byte[] root = new byte[Hash.LENGTH];

  /// @param checks what to find out about the blocks
  /// @param leaderCheck who must have signed the shreds; none to take their signatures as they are
  public CaptureDecoder(BlockChecks checks, Optional<LeaderCheck> leaderCheck) {
    this.leaderCheck = leaderCheck;
    assembler =
        new BlockAssembler(
            AssemblerOptions.offline(checks), System::nanoTime, collector(), ShredSink.NONE);
  }

  private BlockListener collector() {
    return new BlockListener() {
      @Override
      public void finished(BlockSummary block) {
        blocks.add(block);
      }

      @Override
      public void abandoned(BlockSummary partial, AbandonReason reason) {
        blocks.add(partial);
      }
    };
  }

  /// Decodes the datagrams, in their order.
  public Decoded decode(List<byte[]> datagrams) {
    datagrams.forEach(this::take);
    assembler.finish();
    return new Decoded(
        blocks.stream()
            .sorted(Comparator.comparingLong(BlockSummary::slot))
            .map(this::report)
            .toList(),
        datagrams.size(),
        refused,
        fates.getOrDefault(ShredFate.LEGACY, 0),
        withoutBlock());
  }

  private void take(byte[] datagram) {
    ShredRefusal refusal = shred.parse(datagram, 0, datagram.length);
    if (refusal != ShredRefusal.NONE) {
      refused.merge(refusal, 1, Integer::sum);
      return;
    }
    if (!shred.isLegacy()) {
      hasher.root(shred, root, 0);
      if (!isSigned()) {
        badSignatures.merge(shred.slot(), 1, Integer::sum);
        return;
      }
    }
    fates.merge(assembler.offer(shred, root, 0), 1, Integer::sum);
  }

  private boolean isSigned() {
    return leaderCheck
        .map(check -> check.signed(Hash.of(root), Signature.of(shred.bytes(), shred.base())))
        .orElse(true);
  }

  private DecodedBlock report(BlockSummary block) {
    return new DecodedBlock(
        block, leaderCheck.map(LeaderCheck::leader), badSignatures.getOrDefault(block.slot(), 0));
  }

  private Map<String, Integer> withoutBlock() {
    var left = new TreeMap<String, Integer>();
    fates.forEach(
        (fate, count) -> {
          if (fate.isDropped() && fate != ShredFate.LEGACY) {
            left.put(DecodedBlock.name(fate), count);
          }
        });
    for (BlockSummary block : blocks) {
      block
          .rejected()
          .forEach((fate, count) -> left.merge(DecodedBlock.name(fate), -count, Integer::sum));
      badSignatures.remove(block.slot());
    }
    badSignatures
        .values()
        .forEach(count -> left.merge(DecodedBlock.BAD_SIGNATURE, count, Integer::sum));
    left.values().removeIf(count -> count <= 0);
    return left;
  }
}
