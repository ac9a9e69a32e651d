package org.vexor.turbine.tvu;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.MemoryNetwork;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.crypto.Keypair;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockChecks;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.shredder.Shredder;
import org.vexor.turbine.verify.SlotLeaders;

/// Shows the JVM the way of a shred before the first real one comes: shreds of our own run through
/// receivers of their own, over memory, until the code on the way is compiled. A receiver that has
/// to verify its first shreds in the interpreter loses most of a burst.
///
/// Touches no network and nothing of a receiver that runs; meant for a thread of its own.
public final class WarmUp {
  /// Some 10,000 shreds: what the JVM wants to have seen of code before it compiles it for good.
  private static final int ROUNDS = 16;

  private static final int SLOTS = 4;
  private static final int BATCH_BYTES = 80_000;
  private static final int VERSION = 1;

  /// One of so many shreds stays away, so that recovery has something to do.
  private static final int MISSING = 5;

  private static final Endpoint FROM = Endpoint.parse("192.0.2.1:1");
  private static final Endpoint TO = Endpoint.parse("192.0.2.2:1");

  private final Keypair leader = Keypair.fromSeed(new byte[Keypair.SEED_LENGTH]);
  private final Ed25519Verifier signatures = new Ed25519Verifier();
  private final List<MemorySegment> shreds = new ArrayList<>();

  private WarmUp() {
    var shredder = new Shredder(new Ed25519Signer(leader)::sign, VERSION);
    byte[] batch = new byte[BATCH_BYTES];
    for (long slot = 1; slot <= SLOTS; slot++) {
      shredder.startSlot(slot, slot - 1, new byte[32]);
      shredder.shred(
          batch,
          0,
          batch.length,
          1,
          true,
          (bytes, offset, length) ->
              shreds.add(
                  MemorySegment.ofArray(Arrays.copyOfRange(bytes, offset, offset + length))));
    }
  }

  /// Runs until the code is warm, which takes about a second, or it is told to stop.
  ///
  /// @param threading of the receiver that is to profit
  /// @param stop asked now and then
  /// @return blocks that came out whole
  public static long run(ThreadingMode threading, BooleanSupplier stop) {
    var warmUp = new WarmUp();
    long blocks = 0;
    for (int round = 0; round < ROUNDS && !stop.getAsBoolean(); round++) {
      blocks += warmUp.round(threading);
    }
    return blocks;
  }

  private long round(ThreadingMode threading) {
    var network = new MemoryNetwork(1, System::nanoTime);
    TvuReceiver receiver = receiver(network, threading);
    try (PacketEngine sender = network.engine(EngineOptions.DEFAULT)) {
      PacketPort from = sender.open(PortOptions.bind(FROM), (_, _) -> {});
      for (int i = 0; i < shreds.size(); i++) {
        MemorySegment shred = shreds.get(i);
        if (i % MISSING != 0 && !from.send(shred, 0, (int) shred.byteSize(), TO)) {
          throw new IllegalStateException("room for a few shreds is always there");
        }
        if (i % 64 == 0) {
          int _ = sender.doWork();
          int _ = receiver.doWork();
        }
      }
      int _ = sender.doWork();
      while (receiver.doWork() > 0) {
        // What is queued between the stages.
      }
    } finally {
      receiver.onClose();
    }
    return receiver.finishedBlocks();
  }

  private TvuReceiver receiver(MemoryNetwork network, ThreadingMode threading) {
    return new TvuReceiver(
        new TvuReceiver.Wiring(
            network.engine(EngineOptions.DEFAULT),
            PortOptions.bind(TO),
            VERSION,
            SlotLeaders.always(leader.publicKey()),
            signatures,
            AssemblerOptions.live(BlockChecks.NONE),
            System::nanoTime,
            new BlockListener() {
              @Override
              public void finished(BlockSummary block) {}

              @Override
              public void abandoned(BlockSummary partial, AbandonReason reason) {}
            },
            ShredSink.NONE),
        threading);
  }
}
