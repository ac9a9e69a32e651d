package org.vexor.turbine.tvu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.Impairment;
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

@ParameterizedClass
@EnumSource(ThreadingMode.class)
final class TvuReceiverTest {
  private static final int VERSION = 7;
  private static final Keypair LEADER = Keypair.fromSeed(new byte[32]);

  private final long[] nowNs = {0};
  private final MemoryNetwork network = new MemoryNetwork(11, () -> nowNs[0]);
  private final PacketEngine senderEngine = network.engine(EngineOptions.DEFAULT);
  private final List<BlockSummary> finished = new ArrayList<>();
  private final List<BlockSummary> abandoned = new ArrayList<>();
  private final PacketPort sender =
      senderEngine.open(PortOptions.bind(Endpoint.parse("10.0.0.1:1")), (_, _) -> {});
  private final TvuReceiver receiver;

  TvuReceiverTest(ThreadingMode threading) {
    receiver = receiver(threading);
  }

  @BeforeEach
  void unimpaired() {
    network.impair(Impairment.NONE);
  }

  @AfterEach
  void close() {
    receiver.onClose();
    senderEngine.close();
  }

  private TvuReceiver receiver(ThreadingMode threading) {
    return new TvuReceiver(
        new TvuReceiver.Wiring(
            network.engine(TvuReceiver.engineOptions(threading)),
            PortOptions.bind(Endpoint.parse("10.0.0.2:9004")),
            VERSION,
            SlotLeaders.always(LEADER.publicKey()),
            new Ed25519Verifier(),
            AssemblerOptions.live(BlockChecks.NONE),
            () -> nowNs[0],
            new BlockListener() {
              @Override
              public void finished(BlockSummary block) {
                finished.add(block);
              }

              @Override
              public void abandoned(BlockSummary partial, AbandonReason reason) {
                abandoned.add(partial);
              }
            },
            ShredSink.NONE),
        threading);
  }

  @Test
  void makesBlocksOfWhatALossyNetworkLeavesAndAccountsForEveryDatagram() {
    network.impair(Impairment.NONE.withLoss(0.2).withDuplication(0.05).withDelay(1000, 100_000));
    for (long slot = 100; slot < 120; slot++) {
      shreds(slot, LEADER).forEach(this::send);
    }
    drain();
    assertEquals(20, finished.size());
    assertTrue(finished.stream().anyMatch(block -> block.recovered() > 0));
    IntakeCounters counters = receiver.counters();
    assertEquals(receiver.port().counters().received(), counters.datagrams());
    assertTrue(counters.duplicates() > 0);
    assertEquals(Map.of(), counters.drops());
    assertEquals(0, counters.unaccounted());
  }

  @Test
  void countsEachKindOfBadDatagramUnderItsName() {
    List<byte[]> shreds = shreds(100, LEADER);
    shreds.forEach(this::send);
    byte[] damaged = shreds(101, LEADER).get(3);
    shreds(101, LEADER).subList(0, 3).forEach(this::send);
    damaged[500] ^= 1;
    send(damaged);
    send(shreds(102, Keypair.fromSeed(filled(1))).get(0));
    send(new byte[10]);
    send(filled(1));
    byte[] otherVersion = shreds(103, LEADER).get(0);
    otherVersion[77]++;
    send(otherVersion);
    send(shreds(100 + 300_000, LEADER).get(0));
    drain();
    assertEquals(1, finished.size());
    assertEquals(
        Map.of(
            "too_short", 2L,
            "wrong_version", 1L,
            "slot_too_far_ahead", 1L,
            "other_root", 1L,
            "bad_signature", 1L),
        receiver.counters().drops());
    assertEquals(0, receiver.counters().unaccounted());
  }

  @Test
  void neverLosesCountOfRandomBytes() {
    var random = new Random(5);
    shreds(100, LEADER).forEach(this::send);
    drain();
    List<byte[]> next = shreds(101, LEADER);
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = next.get(random.nextInt(next.size())).clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      send(Arrays.copyOf(bytes, random.nextInt(bytes.length + 20)));
    }
    drain();
    assertEquals(0, receiver.counters().unaccounted());
    next.forEach(this::send);
    drain();
    assertEquals(2, finished.size());
  }

  @Test
  void givesUpSlotsWhoseTimeIsOver() {
    shreds(100, LEADER).subList(0, 20).forEach(this::send);
    drain();
    nowNs[0] += 120_000_000_000L;
    drain();
    nowNs[0] += 120_000_000_000L;
    drain();
    assertEquals(1, abandoned.size());
    assertEquals(20, abandoned.getFirst().shreds());
  }

  private void drain() {
    senderEngine.doWork();
    nowNs[0] += 1_000_000; // everything on its way is due
    int idle = 0;
    while (idle < 2) {
      idle = receiver.doWork() == 0 ? idle + 1 : 0;
    }
  }

  private void send(byte[] bytes) {
    while (!sender.send(
        MemorySegment.ofArray(bytes), 0, bytes.length, receiver.port().localEndpoint())) {
      senderEngine.doWork();
      nowNs[0] += 1000;
      receiver.doWork();
    }
  }

  /// Three sets of one batch without entries' meaning: bytes are enough for a shredder.
  private static List<byte[]> shreds(long slot, Keypair leader) {
    var shreds = new ArrayList<byte[]>();
    var shredder = new Shredder(new Ed25519Signer(leader)::sign, VERSION);
    shredder.startSlot(slot, slot - 1, new byte[32]);
    byte[] batch = new byte[80_000];
    shredder.shred(
        batch,
        0,
        batch.length,
        1,
        true,
        (bytes, offset, length) -> shreds.add(Arrays.copyOfRange(bytes, offset, offset + length)));
    return shreds;
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
