package org.vexor.gossip.crds;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.transaction.Octets;

/// Finds the ends of values that the network sent until 2024 and dropped since. What is in them but
/// the owner and the time is of no interest.
final class RemovedReader {
  private static final int DATAGRAM_BYTES = 1232;
  private static final int LEGACY_SOCKETS = 10;
  private static final int IPV4_SOCKET_BYTES = 6;
  private static final int IPV6_SOCKET_BYTES = 18;

  private RemovedReader() {}

  static CrdsData.Removed read(CrdsKind kind, WireReader in) {
    long start = in.segmentOffset();
    Pubkey owner = Wire.pubkey(in);
    long wallclockMs =
        switch (kind) {
          case LEGACY_CONTACT_INFO -> legacyContactInfo(in);
          case LEGACY_SNAPSHOT_HASHES, ACCOUNTS_HASHES -> hashes(in);
          case LEGACY_VERSION -> version(in, 0);
          case VERSION -> version(in, 4);
          case NODE_INSTANCE -> nodeInstance(in);
          default -> throw new IllegalArgumentException(kind + " was not removed");
        };
    int length = in.ok() ? (int) (in.segmentOffset() - start) : 0;
    byte[] body = new byte[length];
    MemorySegment.copy(in.segment(), ValueLayout.JAVA_BYTE, start, body, 0, length);
    return new CrdsData.Removed(kind, owner, wallclockMs, Octets.of(body));
  }

  private static long legacyContactInfo(WireReader in) {
    for (int i = 0; i < LEGACY_SOCKETS; i++) {
      in.skip(in.u32() == 0 ? IPV4_SOCKET_BYTES : IPV6_SOCKET_BYTES);
    }
    long wallclockMs = in.u64();
    in.u16(); // shred version
    return wallclockMs;
  }

  private static long hashes(WireReader in) {
    in.skip((8L + Hash.LENGTH) * in.vecLength(8 + Hash.LENGTH, DATAGRAM_BYTES));
    return in.u64();
  }

  private static long version(WireReader in, int featureSetBytes) {
    long wallclockMs = in.u64();
    in.skip(6); // major, minor, patch
    if (in.option()) {
      in.u32(); // commit
    }
    in.skip(featureSetBytes);
    return wallclockMs;
  }

  private static long nodeInstance(WireReader in) {
    long wallclockMs = in.u64();
    in.skip(16); // when it started, and a token
    return wallclockMs;
  }
}
