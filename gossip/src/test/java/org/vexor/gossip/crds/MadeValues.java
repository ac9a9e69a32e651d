package org.vexor.gossip.crds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.vexor.gossip.crds.CrdsData.Bits;
import org.vexor.gossip.crds.CrdsData.CompressedSlots;
import org.vexor.gossip.crds.CrdsData.RestartLastVotedForkSlots.SlotOffsets;
import org.vexor.gossip.crds.CrdsData.SlotHash;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.transaction.Octets;

/// Values of every kind, for tests.
public final class MadeValues {
  private MadeValues() {}

  public static CrdsData any(Pubkey owner, Random random) {
    long wallclockMs = 1_700_000_000_000L + random.nextInt();
    return switch (random.nextInt(8)) {
      case 0 -> contactInfo(owner, random);
      case 1 -> new CrdsData.Vote(random.nextInt(32), owner, transaction(), wallclockMs);
      case 2 -> new CrdsData.LowestSlot(owner, slot(random), wallclockMs);
      case 3 -> new CrdsData.EpochSlots(random.nextInt(255), owner, stretches(random), wallclockMs);
      case 4 ->
          new CrdsData.DuplicateShred(
              random.nextInt(512),
              owner,
              wallclockMs,
              slot(random),
              random.nextInt(),
              random.nextInt(256),
              3,
              random.nextInt(3),
              octets(random, 700));
      case 5 ->
          new CrdsData.SnapshotHashes(
              owner,
              new SlotHash(5, hash(random)),
              IntStream.range(0, random.nextInt(20))
                  .mapToObj(i -> new SlotHash(6 + i, hash(random)))
                  .toList(),
              wallclockMs);
      case 6 ->
          new CrdsData.RestartLastVotedForkSlots(
              owner,
              wallclockMs,
              random.nextBoolean()
                  ? new SlotOffsets.RunLengths(List.of(0, 127, 128, 65_535))
                  : new SlotOffsets.Raw(bits(random, 7)),
              new SlotHash(slot(random), hash(random)),
              random.nextInt(65_536));
      default ->
          new CrdsData.RestartHeaviestFork(
              owner,
              wallclockMs,
              new SlotHash(slot(random), hash(random)),
              random.nextLong(),
              random.nextInt(65_536));
    };
  }

  public static ContactInfo contactInfo(Pubkey owner, Random random) {
    Map<SocketKey, Endpoint> sockets =
        Map.of(
            SocketKey.GOSSIP, Endpoint.loopback(random.nextInt(65_536)),
            SocketKey.TVU, Endpoint.parse("[2001:db8::7]:" + random.nextInt(65_536)),
            SocketKey.TPU_QUIC, Endpoint.loopback(random.nextInt(65_536)));
    return ContactInfo.of(
        owner,
        1_700_000_000_000L + random.nextInt(),
        random.nextLong(),
        random.nextInt(65_536),
        new ClientVersion(random.nextInt(65_536), 0x8003, 1, random.nextInt(), random.nextInt(), 3),
        sockets);
  }

  public static Hash hash(Random random) {
    byte[] bytes = new byte[Hash.LENGTH];
    random.nextBytes(bytes);
    return Hash.of(bytes);
  }

  private static List<CompressedSlots> stretches(Random random) {
    var stretches = new ArrayList<CompressedSlots>();
    for (int i = random.nextInt(4); i > 0; i--) {
      stretches.add(
          random.nextBoolean()
              ? new CompressedSlots.Flate2(
                  slot(random), random.nextInt(16_384), octets(random, 100))
              : new CompressedSlots.Uncompressed(
                  slot(random), random.nextInt(16_384), bits(random, 8)));
    }
    return stretches;
  }

  private static Bits bits(Random random, int unit) {
    return random.nextInt(4) == 0
        ? new Bits(Optional.empty(), 0)
        : new Bits(Optional.of(octets(random, 50)), unit);
  }

  private static Octets octets(Random random, int most) {
    byte[] bytes = new byte[1 + random.nextInt(most)];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  /// A legacy transaction with one signer and no instruction.
  private static Octets transaction() {
    byte[] bytes = new byte[1 + 64 + 3 + 1 + 64 + 32 + 1];
    bytes[0] = 1;
    bytes[65] = 1;
    bytes[68] = 2;
    return Octets.of(bytes);
  }

  private static long slot(Random random) {
    return random.nextLong(CrdsData.LIMIT);
  }
}
