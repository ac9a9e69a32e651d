package org.vexor.gossip.crds;

import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.transaction.Octets;

/// Values of 32 or 64 bytes, and of as many as a count says, off a [WireReader]; zeros when they
/// are not there.
public final class Wire {
  private Wire() {}

  public static Pubkey pubkey(WireReader in) {
    long at = in.skip(Pubkey.LENGTH);
    return in.ok() ? Pubkey.of(in.segment(), at) : Pubkey.ZERO;
  }

  public static Hash hash(WireReader in) {
    long at = in.skip(Hash.LENGTH);
    return in.ok() ? Hash.of(in.segment(), at) : Hash.ZERO;
  }

  public static Signature signature(WireReader in) {
    byte[] bytes = new byte[Signature.LENGTH];
    in.bytes(bytes);
    return Signature.of(bytes);
  }

  static Octets octets(WireReader in, int length) {
    byte[] bytes = new byte[in.ok() ? length : 0];
    in.bytes(bytes);
    return Octets.of(bytes);
  }
}
