package org.vexor.gossip.crds;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.vexor.solana.Signature;

/// Values that were decoded lately, found again by their bytes: the same news comes by way of
/// several peers, and is read and hashed only once. As many as there are places, each for the
/// signatures that begin alike; a later one takes the place. One thread.
public final class DecodedValues {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final @Nullable CrdsValue[] places;

  /// @param places a power of two
  public DecodedValues(int places) {
    if (Integer.bitCount(places) != 1) {
      throw new IllegalArgumentException(places + " places are not a power of two");
    }
    this.places = new CrdsValue[places];
  }

  /// The value whose bytes are the next of `source`; null when it was not decoded lately.
  @Nullable CrdsValue find(byte[] source, int offset, int limit) {
    if (limit - offset < Signature.LENGTH) {
      return null;
    }
    CrdsValue value = places[place((long) LONG.get(source, offset))];
    return value != null && value.matches(source, offset, limit) ? value : null;
  }

  void add(CrdsValue value) {
    places[place(value.signaturePrefix())] = value;
  }

  /// Whoever signs chooses the bits; the multiplier spreads those of honest signers, no more.
  private int place(long signaturePrefix) {
    return (int) ((signaturePrefix * 0x9e3779b97f4a7c15L) >>> 40) & (places.length - 1);
  }
}
