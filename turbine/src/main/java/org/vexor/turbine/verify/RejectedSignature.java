package org.vexor.turbine.verify;

import static org.vexor.turbine.shred.ShredLayout.ROOT_BYTES;
import static org.vexor.turbine.shred.ShredLayout.SIGNATURE_BYTES;

import java.util.Arrays;
import org.vexor.solana.Pubkey;
import org.vexor.turbine.shred.ShredView;

/// One (leader, root, signature) that was found not to hold.
final class RejectedSignature {
  private final byte[] leader = new byte[Pubkey.LENGTH];
  private final byte[] root = new byte[ROOT_BYTES];
  private final byte[] signature = new byte[SIGNATURE_BYTES];
  private boolean used;

  boolean is(ShredView shred, byte[] itsRoot, byte[] itsLeader) {
    int at = shred.base();
    return used
        && Arrays.equals(signature, 0, SIGNATURE_BYTES, shred.bytes(), at, at + SIGNATURE_BYTES)
        && Arrays.equals(root, itsRoot)
        && Arrays.equals(leader, itsLeader);
  }

  void become(ShredView shred, byte[] itsRoot, byte[] itsLeader) {
    used = true;
    System.arraycopy(shred.bytes(), shred.base(), signature, 0, SIGNATURE_BYTES);
    System.arraycopy(itsRoot, 0, root, 0, ROOT_BYTES);
    System.arraycopy(itsLeader, 0, leader, 0, Pubkey.LENGTH);
  }
}
