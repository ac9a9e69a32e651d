package org.vexor.quic.admission;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Mints and checks the tokens of Retry packets (RFC 9000 §8.1.2). A token says: whoever sends me
/// reads mail at this address and port, and first asked for this connection id.
///
/// ```
/// version 1 ‖ expiry, ms 8 ‖ HMAC-SHA256(key, version ‖ expiry ‖ address ‖ port ‖ connection id) 32 ‖ connection id 0..20
/// ```
///
/// One instance a thread; instances with the same key accept each other's tokens.
final class RetryTokens {
  /// Where the original connection id starts: Netty takes it from the token's end.
  static final int CONNECTION_ID_OFFSET = 1 + Long.BYTES + 32;

  static final int MAX_LENGTH_BYTES = CONNECTION_ID_OFFSET + 20;
  static final int KEY_LENGTH_BYTES = 32;

  private static final byte VERSION = 1;
  private static final int CODE_OFFSET = 1 + Long.BYTES;
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final long lifetimeMs;
  private final LongSupplier clockMs;

  /// Of this key.
  ///
  /// @param key 32 random bytes, kept from everyone
  /// @param clockMs the time of day, the same for all holders of the key
  RetryTokens(byte[] key, long lifetimeMs, LongSupplier clockMs) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + ALGORITHM, e);
    }
    this.lifetimeMs = lifetimeMs;
    this.clockMs = clockMs;
  }

  /// A token for whoever sent an Initial from `address` to `connectionId`.
  byte[] mint(InetSocketAddress address, byte[] connectionId) {
    long expiryMs = clockMs.getAsLong() + lifetimeMs;
    return ByteBuffer.allocate(CONNECTION_ID_OFFSET + connectionId.length)
        .put(VERSION)
        .putLong(expiryMs)
        .put(code(expiryMs, address, connectionId))
        .put(connectionId)
        .array();
  }

  TokenVerdict check(byte[] token, InetSocketAddress address) {
    if (token.length < CONNECTION_ID_OFFSET
        || token.length > MAX_LENGTH_BYTES
        || token[0] != VERSION) {
      return TokenVerdict.MALFORMED;
    }
    long expiryMs = expiryMs(token);
    byte[] claimed = Arrays.copyOfRange(token, CODE_OFFSET, CONNECTION_ID_OFFSET);
    byte[] connectionId = Arrays.copyOfRange(token, CONNECTION_ID_OFFSET, token.length);
    if (!MessageDigest.isEqual(code(expiryMs, address, connectionId), claimed)) {
      return TokenVerdict.NOT_OURS;
    }
    return clockMs.getAsLong() > expiryMs ? TokenVerdict.EXPIRED : TokenVerdict.GENUINE;
  }

  /// Until when a well-formed token holds.
  static long expiryMs(byte[] token) {
    return ByteBuffer.wrap(token).getLong(1);
  }

  /// What tells genuine tokens apart: the start of the authentication code.
  static long tag(byte[] token) {
    return ByteBuffer.wrap(token).getLong(CODE_OFFSET);
  }

  private byte[] code(long expiryMs, InetSocketAddress address, byte[] connectionId) {
    byte[] ip = address.getAddress().getAddress();
    mac.update(VERSION);
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, expiryMs));
    mac.update((byte) ip.length);
    mac.update(ip);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, address.getPort()));
    return mac.doFinal(connectionId);
  }
}
