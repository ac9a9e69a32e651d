package org.vexor.gossip;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.vexor.gossip.crds.ClientVersion;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.SignatureVerifier;

/// Identities by number, and a stand-in for Ed25519 that costs next to nothing: the signature is
/// the key, twice, mixed with a sum of the message. Good enough to tell right from wrong where
/// signatures are not what is tested.
public final class TestIdentities {
  /// Where tests begin.
  public static final long START_MS = 1_700_000_000_000L;

  public static final int SHRED_VERSION = 4242;

  private TestIdentities() {}

  public static Pubkey key(int number) {
    byte[] bytes = new byte[Pubkey.LENGTH];
    ByteBuffer.wrap(bytes).putInt(0, number).putInt(4, Integer.reverse(number * 0x9e3779b1));
    bytes[31] = 1;
    return Pubkey.of(bytes);
  }

  public static GossipSigner signer(int number) {
    Pubkey key = key(number);
    return new GossipSigner() {
      @Override
      public Pubkey publicKey() {
        return key;
      }

      @Override
      public Signature sign(byte[] message) {
        return Signature.of(mix(key.bytes(), 0, message, 0, message.length));
      }
    };
  }

  /// Judges what [#signer] signs.
  public static SignatureVerifier verifier() {
    return (message, offset, length, signature, signatureOffset, key, keyOffset) ->
        Arrays.equals(
            mix(key, keyOffset, message, offset, length),
            0,
            Signature.LENGTH,
            signature,
            signatureOffset,
            signatureOffset + Signature.LENGTH);
  }

  private static byte[] mix(byte[] key, int keyOffset, byte[] message, int offset, int length) {
    long sum = 0xcbf29ce484222325L;
    for (int i = offset; i < offset + length; i++) {
      sum = (sum ^ message[i]) * 0x100000001b3L;
    }
    byte[] signature = new byte[Signature.LENGTH];
    System.arraycopy(key, keyOffset, signature, 0, Pubkey.LENGTH);
    ByteBuffer.wrap(signature).putLong(Pubkey.LENGTH, sum);
    return signature;
  }

  /// Where node `number` gossips.
  public static Endpoint address(int number) {
    return Endpoint.parse(
        "10." + (number >> 16) + "." + (number >> 8 & 0xff) + "." + (number & 0xff) + ":8001");
  }

  public static ContactInfo contact(int number, long wallclockMs) {
    return contact(number, wallclockMs, START_MS * 1000, SHRED_VERSION);
  }

  public static ContactInfo contact(int number, long wallclockMs, long outsetUs, int shredVersion) {
    Endpoint gossip = address(number);
    return ContactInfo.of(
        key(number),
        wallclockMs,
        outsetUs,
        shredVersion,
        ClientVersion.VEXOR,
        Map.of(SocketKey.GOSSIP, gossip, SocketKey.TVU, gossip.withPort(8002)));
  }

  public static CrdsValue signed(int number, CrdsData data) {
    return CrdsValue.sign(data, signer(number));
  }

  public static CrdsValue signedContact(int number, long wallclockMs) {
    return signed(number, contact(number, wallclockMs));
  }
}
