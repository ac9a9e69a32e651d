package org.vexor.gossip.crds;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.crypto.SignedMessage;

/// A signed value as it travels: signature, then the serialized [CrdsData], of which both the bytes
/// and the record are kept. Never changes; safe for all threads. Equal by hash.
public final class CrdsValue {
  /// Most bytes of a value, signature included: what Agave lets an object grow to, so that it fits
  /// a pull request beside a filter.
  public static final int MAXIMUM_BYTES = 1188;

  private static final int SIGNATURE_BYTES = Signature.LENGTH;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final CrdsData data;
  private final Hash hash;
  private final CrdsLabel label;

  private CrdsValue(byte[] owned, CrdsData data) {
    this.bytes = owned;
    this.data = data;
    this.hash = Hash.of(sha256().digest(owned));
    this.label = data.label();
  }

  static CrdsValue copyOf(byte[] source, int offset, int length, CrdsData data) {
    byte[] copy = new byte[length];
    System.arraycopy(source, offset, copy, 0, length);
    return new CrdsValue(copy, data);
  }

  /// Serializes and signs.
  ///
  /// @throws IllegalArgumentException when it is not the signer's, or does not fit a datagram
  public static CrdsValue sign(CrdsData data, GossipSigner signer) {
    if (!data.owner().equals(signer.publicKey())) {
      throw new IllegalArgumentException(
          signer.publicKey() + " cannot sign what belongs to " + data.owner());
    }
    var writer = new WireWriter(new byte[MAXIMUM_BYTES - SIGNATURE_BYTES]);
    CrdsWriter.write(data, writer);
    if (!writer.ok()) {
      throw new IllegalArgumentException(
          data.kind() + " of " + data.owner() + " does not fit " + MAXIMUM_BYTES + " bytes");
    }
    byte[] message = writer.toByteArray();
    byte[] whole = new byte[SIGNATURE_BYTES + message.length];
    signer.sign(message).copyTo(whole, 0);
    System.arraycopy(message, 0, whole, SIGNATURE_BYTES, message.length);
    return new CrdsValue(whole, data);
  }

  /// What the owner says.
  public CrdsData data() {
    return data;
  }

  /// The label under which tables keep it.
  public CrdsLabel label() {
    return label;
  }

  /// SHA-256 of all bytes: identity, key of filters, and what decides between equal wall clocks.
  public Hash hash() {
    return hash;
  }

  /// The first 8 bytes of the hash as a number, whose high bits say which part of a divided table
  /// the value belongs to.
  public long hashPrefix() {
    long prefix = 0;
    for (int i = 7; i >= 0; i--) {
      prefix = prefix << 8 | (hash.byteAt(i) & 0xff);
    }
    return prefix;
  }

  /// The first 8 bytes of the signature as a number.
  long signaturePrefix() {
    return (long) LONG.get(bytes, 0);
  }

  /// Whether `source` goes on with the bytes of this value from `offset` on.
  boolean matches(byte[] source, int offset, int limit) {
    return limit - offset >= bytes.length
        && Arrays.equals(bytes, 0, bytes.length, source, offset, offset + bytes.length);
  }

  /// Bytes on the wire.
  public int length() {
    return bytes.length;
  }

  /// Writes it as it came.
  public void write(WireWriter out) {
    out.bytes(bytes);
  }

  /// What is to be checked, so that the owner is known to have signed it.
  public SignedMessage signed() {
    return new SignedMessage(
        bytes, SIGNATURE_BYTES, bytes.length - SIGNATURE_BYTES, bytes, 0, data.owner().bytes(), 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof CrdsValue that && hash.equals(that.hash));
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "CrdsValue[" + data + "]";
  }
}
