package org.vexor.gossip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.GossipRefusal;
import org.vexor.gossip.crds.MadeValues;
import org.vexor.gossip.filter.Bloom;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.crypto.SignatureVerifier;
import org.vexor.solana.random.ChaCha;
import org.vexor.testkit.Fixtures;

final class MessageCodecTest {
  private static final GossipSigner SIGNER =
      GossipSigner.of(Keypair.fromSeed(new byte[Keypair.SEED_LENGTH]));

  private final SignatureVerifier verifier = new Ed25519Verifier();

  @Test
  void pingIsSignedOverItsToken() throws IOException {
    JsonNode vector =
        new ObjectMapper()
            .readTree(Fixtures.solanaBytes("sig/kat-gossip-repair.json"))
            .path("ping");
    byte[] secret = HexFormat.of().parseHex(vector.path("secret_and_public").asText());
    GossipSigner signer =
        GossipSigner.of(Keypair.fromSeed(Arrays.copyOf(secret, Keypair.SEED_LENGTH)));
    Ping ping = Ping.sign(signer, Hash.ZERO);
    assertEquals(
        vector.path("signature").asText(), HexFormat.of().formatHex(ping.signature().bytes()));
    assertTrue(verifier.verify(ping.signed()));
  }

  @Test
  void pongAnswersItsPingAndNoOther() {
    Ping ping = Ping.sign(SIGNER, Hash.ZERO);
    Pong pong = Pong.answer(SIGNER, ping);
    assertTrue(verifier.verify(pong.signed()));
    assertEquals(Pong.hashOf(ping.token()), pong.hash());
    assertFalse(verifier.verify(new Pong(Pubkey.ZERO, pong.hash(), pong.signature()).signed()));
    assertEquals(Ping.MESSAGE_BYTES, Datagrams.write(pong).length);
  }

  @Test
  void pruneIsTakenWithAndWithoutPrefix() {
    List<Pubkey> origins = List.of(Pubkey.ZERO, SIGNER.publicKey());
    PruneData plain = PruneData.sign(SIGNER, origins, Pubkey.ZERO, 1_700_000_000_000L);
    byte[] prefixed =
        PruneData.signedBytes(SIGNER.publicKey(), origins, Pubkey.ZERO, 1_700_000_000_000L, true);
    assertEquals(18, prefixed[0]);
    assertEquals((byte) 0xff, prefixed[8]);
    var other =
        new PruneData(
            SIGNER.publicKey(), origins, SIGNER.sign(prefixed), Pubkey.ZERO, 1_700_000_000_000L);
    assertTrue(plain.isSigned(verifier));
    assertTrue(other.isSigned(verifier));
    assertFalse(
        new PruneData(SIGNER.publicKey(), origins, plain.signature(), Pubkey.ZERO, 1)
            .isSigned(verifier));
    roundTrip(new GossipMessage.Prune(plain));
  }

  @Test
  void refusesByName() {
    assertEquals(GossipRefusal.TRUNCATED, refusal(new byte[3]));
    assertEquals(GossipRefusal.UNKNOWN_MESSAGE, refusal(new byte[] {6, 0, 0, 0}));
    assertEquals(GossipRefusal.TOO_LONG, refusal(new byte[1233]));
    byte[] longPing = new byte[Ping.MESSAGE_BYTES + 1];
    longPing[0] = 4;
    assertEquals(GossipRefusal.TRAILING_BYTES, refusal(longPing));
    byte[] many = new byte[1232];
    many[0] = 2;
    many[36] = 18;
    assertEquals(GossipRefusal.COUNT_BEYOND_BOUND, refusal(many));
    many[36] = 1;
    many[44 + 64] = 14;
    assertEquals(GossipRefusal.UNKNOWN_VALUE, refusal(many));
    byte[] prune =
        Datagrams.write(new GossipMessage.Prune(PruneData.sign(SIGNER, List.of(), Pubkey.ZERO, 1)));
    prune[4] ^= 1;
    assertEquals(GossipRefusal.PRUNE_SENDER, refusal(prune));
  }

  @Property(tries = 200)
  void everyMessageComesBack(@ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int form) {
    var random = new Random(seed);
    CrdsValue value = CrdsValue.sign(MadeValues.any(SIGNER.publicKey(), random), SIGNER);
    List<CrdsValue> values = List.of(value);
    Hash token = MadeValues.hash(random);
    ChaCha chaCha = ChaCha.chaCha8();
    GossipMessage message =
        switch (form) {
          case 0 ->
              new GossipMessage.PullRequest(
                  CrdsFilter.of(Bloom.random(100, 0.1, 1 << 9, chaCha), random.nextInt(64), 6),
                  CrdsValue.sign(MadeValues.contactInfo(SIGNER.publicKey(), random), SIGNER));
          case 1 -> new GossipMessage.PullResponse(Pubkey.ZERO, values);
          case 2 -> new GossipMessage.Push(Pubkey.ZERO, values);
          case 3 ->
              new GossipMessage.Prune(
                  PruneData.sign(
                      SIGNER,
                      Collections.nCopies(random.nextInt(33), Pubkey.ZERO),
                      Pubkey.ZERO,
                      1));
          case 4 -> Ping.sign(SIGNER, token);
          default -> Pong.answer(SIGNER, Ping.sign(SIGNER, token));
        };
    roundTrip(message);
    for (CrdsValue carried : Datagrams.values(Datagrams.read(Datagrams.write(message)))) {
      assertTrue(verifier.verify(carried.signed()));
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void neverThrowsAndWritesBackWhatItTook(byte[] datagram) {
    var reader = new MessageReader();
    if (reader.read(datagram, 0, datagram.length) instanceof MessageReader.Reading.Read read) {
      assertArrayEquals(datagram, Datagrams.write(read.message()));
      for (CrdsValue value : Datagrams.values(read.message())) {
        verifier.verify(value.signed());
        assertEquals(value.data().owner(), value.data().label().owner());
      }
    }
  }

  static Stream<Arguments> seeds() {
    var random = new Random(3);
    Stream<byte[]> pushes =
        Stream.generate(() -> MadeValues.any(SIGNER.publicKey(), random))
            .limit(20)
            .map(data -> List.of(CrdsValue.sign(data, SIGNER)))
            .map(values -> Datagrams.write(new GossipMessage.Push(Pubkey.ZERO, values)));
    Stream<byte[]> others =
        Stream.of(
            Datagrams.write(Ping.sign(SIGNER, Hash.ZERO)),
            Datagrams.write(
                new GossipMessage.Prune(PruneData.sign(SIGNER, List.of(), Pubkey.ZERO, 1))));
    return Stream.concat(pushes, others).map(Arguments::of);
  }

  private static void roundTrip(GossipMessage message) {
    byte[] bytes = Datagrams.write(message);
    assertArrayEquals(bytes, Datagrams.write(Datagrams.read(bytes)));
  }

  private static GossipRefusal refusal(byte[] datagram) {
    return new MessageReader().read(datagram, 0, datagram.length)
            instanceof MessageReader.Reading.Refused refused
        ? refused.why()
        : GossipRefusal.NONE;
  }
}
