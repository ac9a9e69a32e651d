package org.vexor.gossip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.gossip.crds.CrdsKind;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.CrdsWriter;
import org.vexor.gossip.crds.GossipRefusal;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.crypto.SignatureVerifier;
import org.vexor.testkit.Fixtures;
import org.vexor.testkit.Pcap;

/// What real nodes sent: Agave 4.2.2, and mainnet in 2022.
final class CapturedGossipTest {
  private static final String CAPTURE = "validator/agave-4.2.2-gossip.pcap";

  private final SignatureVerifier verifier = new Ed25519Verifier();

  @Test
  void everyCapturedDatagramDecodesToItsLastByteAndBack() {
    List<byte[]> datagrams = Pcap.solanaDatagrams(CAPTURE);
    Map<String, Integer> messages = new TreeMap<>();
    Map<CrdsKind, Integer> values = new EnumMap<>(CrdsKind.class);
    for (byte[] datagram : datagrams) {
      GossipMessage message = Datagrams.read(datagram);
      messages.merge(message.getClass().getSimpleName(), 1, Integer::sum);
      assertArrayEquals(datagram, Datagrams.write(message));
      for (CrdsValue value : Datagrams.values(message)) {
        values.merge(value.data().kind(), 1, Integer::sum);
        assertArrayEquals(signedBytes(value), recordBytes(value));
      }
    }
    assertEquals(194, datagrams.size());
    assertEquals(
        Map.of("PullRequest", 40, "PullResponse", 80, "Push", 62, "Ping", 6, "Pong", 6), messages);
    assertEquals(
        List.of(
            CrdsKind.VOTE,
            CrdsKind.LOWEST_SLOT,
            CrdsKind.EPOCH_SLOTS,
            CrdsKind.DUPLICATE_SHRED,
            CrdsKind.SNAPSHOT_HASHES,
            CrdsKind.CONTACT_INFO),
        List.copyOf(values.keySet()));
  }

  @Test
  void everyCapturedSignatureHolds() {
    int signatures = 0;
    for (byte[] datagram : Pcap.solanaDatagrams(CAPTURE)) {
      GossipMessage message = Datagrams.read(datagram);
      switch (message) {
        case Ping ping -> assertTrue(verifier.verify(ping.signed()));
        case Pong pong -> assertTrue(verifier.verify(pong.signed()));
        case GossipMessage.Prune prune -> assertTrue(prune.data().isSigned(verifier));
        default -> {
          for (CrdsValue value : Datagrams.values(message)) {
            assertTrue(verifier.verify(value.signed()), value::toString);
            signatures++;
          }
        }
      }
    }
    assertEquals(250 + 40, signatures, "values told, and callers of pull requests");
  }

  @Test
  void aChangedByteBreaksTheSignature() {
    byte[] datagram =
        Pcap.solanaDatagrams(CAPTURE).stream().filter(bytes -> bytes[0] == 2).findFirst().get();
    datagram[datagram.length - 1] ^= 1; // a commit, an extension count or a wall clock, as it comes
    if (new MessageReader().read(datagram, 0, datagram.length)
        instanceof MessageReader.Reading.Read read) {
      assertFalse(verifier.verify(Datagrams.values(read.message()).getLast().signed()));
    }
  }

  @Test
  void everyTruncationIsRefused() {
    List<byte[]> datagrams = Pcap.solanaDatagrams(CAPTURE);
    var reader = new MessageReader();
    for (byte[] datagram : datagrams.subList(0, 30)) {
      for (int length = 0; length < datagram.length; length++) {
        assertInstanceOf(MessageReader.Reading.Refused.class, reader.read(datagram, 0, length));
      }
      byte[] longer = java.util.Arrays.copyOf(datagram, datagram.length + 1);
      if (longer.length <= MessageReader.MAXIMUM_BYTES) {
        assertEquals(
            new MessageReader.Reading.Refused(GossipRefusal.TRAILING_BYTES),
            reader.read(longer, 0, longer.length));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pull_request,LEGACY_CONTACT_INFO",
    "pull_response_contact_info,LEGACY_CONTACT_INFO",
    "pull_response_node_instance,NODE_INSTANCE",
    "pull_response_snapshot_hashes,LEGACY_SNAPSHOT_HASHES",
    "pull_response_version,VERSION"
  })
  void valuesOfRemovedKindsAreReadAndNotRelayed(String name, CrdsKind kind) {
    byte[] datagram = Fixtures.solanaBytes("radiance/" + name + ".bin");
    GossipMessage message = Datagrams.read(datagram);
    assertArrayEquals(datagram, Datagrams.write(message));
    CrdsValue value = Datagrams.values(message).getFirst();
    assertEquals(kind, value.data().kind());
    assertFalse(kind.isRelayed());
    assertTrue(verifier.verify(value.signed()));
    assertArrayEquals(signedBytes(value), recordBytes(value));
  }

  /// Sizes of mainnet's filters, of which wire.md §10 gives the rule.
  @Test
  void filterOfMainnetHasTheSizesThatTheRulesGive() {
    var request =
        (GossipMessage.PullRequest)
            Datagrams.read(Fixtures.solanaBytes("radiance/pull_request.bin"));
    CrdsFilter filter = request.filter();
    assertEquals(6168, filter.bloom().bitLength());
    assertEquals(3, filter.bloom().keyCount());
    assertEquals(6, filter.maskBits());
    assertEquals(0x03ffffffffffffffL, filter.mask());
    assertTrue(filter.isServed());
    assertEquals(0, filter.part(6));
  }

  private static byte[] signedBytes(CrdsValue value) {
    var out = new WireWriter(new byte[MessageReader.MAXIMUM_BYTES]);
    value.write(out);
    byte[] whole = out.toByteArray();
    return java.util.Arrays.copyOfRange(whole, 64, whole.length);
  }

  private static byte[] recordBytes(CrdsValue value) {
    var out = new WireWriter(new byte[MessageReader.MAXIMUM_BYTES]);
    CrdsWriter.write(value.data(), out);
    return out.toByteArray();
  }
}
