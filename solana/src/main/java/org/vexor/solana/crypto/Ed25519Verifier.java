package org.vexor.solana.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.lanes.EquationLanes;

/// Judges signatures as `verify_strict` of ed25519-dalek does; see [StrictRules].
///
/// A key that is new costs about 3 kB of objects, on the native provider with a cleaner for native
/// memory each, besides its check; one that is kept costs none. A node sees the same few thousand
/// keys all the time, so those used last are kept. Owned by one thread. Once a key is known a check
/// allocates only what the provider does: nothing with Corretto.
public final class Ed25519Verifier implements SignatureVerifier {
  /// Enough for every staked node of mainnet today.
  public static final int DEFAULT_CACHED_KEYS = 2048;

  /// Empty lanes cost as much as full ones.
  private static final int LEAST_AT_ONCE = 6;

  private final LanesTrial trial = LanesTrial.ofProcess();
  private final Ed25519Provider provider;
  private final Map<KeyWords, java.security.Signature> prepared;
  private final KeyWords probe = new KeyWords();
  private Optional<SignatureLanes> lanes = Optional.empty();
  private final byte[] signatureBytes = new byte[Signature.LENGTH];
  private final byte[] keyBytes = new byte[Pubkey.LENGTH];

  /// With room for [#DEFAULT_CACHED_KEYS].
  public Ed25519Verifier() {
    this(DEFAULT_CACHED_KEYS);
  }

  /// @param cachedKeys how many decoded keys are kept, at least 1
  public Ed25519Verifier(int cachedKeys) {
    this(Ed25519Provider.best(), cachedKeys);
  }

  Ed25519Verifier(Ed25519Provider provider, int cachedKeys) {
    if (cachedKeys < 1) {
      throw new IllegalArgumentException("need room for 1 key at least, got " + cachedKeys);
    }
    this.provider = provider;
    this.prepared = new LeastRecentlyUsed(cachedKeys);
  }

  /// Whether the 64 bytes at `signatureOffset` are a signature of the message by the key in the 32
  /// bytes at `keyOffset`. Every fault of the three is a plain no.
  ///
  /// @throws IndexOutOfBoundsException when one of the ranges is outside its array
  @Override
  public boolean verify(
      byte[] message,
      int messageOffset,
      int messageLength,
      byte[] signature,
      int signatureOffset,
      byte[] key,
      int keyOffset) {
    Objects.checkFromIndexSize(messageOffset, messageLength, message.length);
    Objects.checkFromIndexSize(signatureOffset, Signature.LENGTH, signature.length);
    Objects.checkFromIndexSize(keyOffset, Pubkey.LENGTH, key.length);
    if (!StrictRules.areKept(signature, signatureOffset, key, keyOffset)) {
      return false;
    }
    probe.read(key, keyOffset);
    java.security.Signature engine = prepared.get(probe);
    try {
      if (engine == null) {
        engine = prepare(key, keyOffset);
      }
      engine.update(message, messageOffset, messageLength);
      return engine.verify(signature, signatureOffset, Signature.LENGTH);
    } catch (InvalidKeyException | SignatureException e) {
      // The providers' way to say that a point is not on the curve. An engine that threw may hold
      // half a message, so it is not used again.
      prepared.remove(probe);
      return false;
    }
  }

  /// Whether `signature` is one of `message` by `signer`.
  public boolean verify(byte[] message, Signature signature, Pubkey signer) {
    signature.copyTo(signatureBytes, 0);
    signer.copyTo(keyBytes, 0);
    return verify(message, 0, message.length, signatureBytes, 0, keyBytes, 0);
  }

  /// Several at a time where JVM and machine can, for about two thirds of what they cost one by
  /// one. Begins to do so some seconds after the first batch; see [LanesTrial].
  @Override
  public BitSet verifyMany(List<SignedMessage> batch) {
    BitSet failed = new BitSet(batch.size());
    int next = 0;
    while (batch.size() - next >= LEAST_AT_ONCE && trial.isPassed()) {
      next = verifySome(batch, next, failed);
    }
    for (; next < batch.size(); next++) {
      failed.set(next, !verify(batch.get(next)));
    }
    return failed;
  }

  /// Judges as many as there are lanes. One that fails is judged once more by the provider: a fault
  /// of ours that makes us refuse what all others accept is to be noticed.
  private int verifySome(List<SignedMessage> batch, int first, BitSet failed) {
    if (lanes.isEmpty()) {
      lanes = EquationLanes.open().map(SignatureLanes::new);
    }
    SignatureLanes several = lanes.orElseThrow();
    int good = several.judge(batch, first);
    int end = Math.min(batch.size(), first + several.width());
    for (int i = first; i < end; i++) {
      if (((good >>> (i - first)) & 1) == 0) {
        boolean isGood = verify(batch.get(i));
        failed.set(i, !isGood);
        if (isGood) {
          SignedMessage signed = batch.get(i);
          trial.disprove(
              "key="
                  + Pubkey.of(signed.key(), signed.keyOffset())
                  + " signature="
                  + Signature.of(signed.signature(), signed.signatureOffset()));
        }
      }
    }
    return end;
  }

  private java.security.Signature prepare(byte[] key, int keyOffset) throws InvalidKeyException {
    java.security.Signature engine = provider.signature();
    engine.initVerify(Ed25519Provider.publicKey(key, keyOffset));
    prepared.put(probe.copy(), engine);
    return engine;
  }

  private static final class LeastRecentlyUsed
      extends LinkedHashMap<KeyWords, java.security.Signature> {
    private final int capacity;

    private LeastRecentlyUsed(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<KeyWords, java.security.Signature> eldest) {
      return size() > capacity;
    }
  }

  /// A public key as a map key that can be filled anew to ask with. Comparable, so that keys ground
  /// to share a hash cost a tree's depth and not a list's length.
  private static final class KeyWords implements Comparable<KeyWords> {
    private static final VarHandle LONG =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private long a;
    private long b;
    private long c;
    private long d;

    private void read(byte[] key, int offset) {
      a = (long) LONG.get(key, offset);
      b = (long) LONG.get(key, offset + 8);
      c = (long) LONG.get(key, offset + 16);
      d = (long) LONG.get(key, offset + 24);
    }

    private KeyWords copy() {
      KeyWords copy = new KeyWords();
      copy.a = a;
      copy.b = b;
      copy.c = c;
      copy.d = d;
      return copy;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof KeyWords that
          && a == that.a
          && b == that.b
          && c == that.c
          && d == that.d;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(a ^ Long.rotateLeft(b, 17) ^ Long.rotateLeft(c, 31) ^ d);
    }

    @Override
    public int compareTo(KeyWords other) {
      int order = Long.compare(a, other.a);
      order = order != 0 ? order : Long.compare(b, other.b);
      order = order != 0 ? order : Long.compare(c, other.c);
      return order != 0 ? order : Long.compare(d, other.d);
    }
  }
}
