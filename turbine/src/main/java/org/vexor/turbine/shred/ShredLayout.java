package org.vexor.turbine.shred;

/// Where things lie in a shred, by its variant byte (agave `ledger/src/shred.rs` and
/// `ledger/src/shred/merkle.rs`; firedancer `src/ballet/shred/fd_shred.h`).
///
/// ```
/// 0          64      65    73     77       79         83       88 | 89
/// | signature|variant| slot| index| version| fec index| by kind| body | chained root | proof | retransmitter signature |
///   64         1       8     4      2        4          5 | 6            32 if chained  20·p    64 if resigned
/// ```
///
/// The high nibble of the variant is the type, the low nibble the number p of proof entries; the
/// two legacy variants are whole bytes. All numbers are little-endian, all offsets count from the
/// first byte of the shred. The methods take a variant byte as 0..255 and are defined for known
/// variants only.
public final class ShredLayout {
  /// The leader's Ed25519 signature over the Merkle root of the FEC set.
  public static final int SIGNATURE_OFFSET = 0;

  public static final int SIGNATURE_BYTES = 64;
  public static final int VARIANT_OFFSET = 64;
  public static final int SLOT_OFFSET = 65;
  public static final int INDEX_OFFSET = 73;
  public static final int VERSION_OFFSET = 77;
  public static final int FEC_SET_INDEX_OFFSET = 79;

  /// End of the header that both kinds share.
  public static final int COMMON_HEADER_BYTES = 83;

  public static final int PARENT_OFFSET_OFFSET = 83;
  public static final int FLAGS_OFFSET = 85;
  public static final int SIZE_OFFSET = 86;
  public static final int DATA_HEADER_BYTES = 88;

  public static final int DATA_COUNT_OFFSET = 83;
  public static final int CODE_COUNT_OFFSET = 85;
  public static final int POSITION_OFFSET = 87;
  public static final int CODE_HEADER_BYTES = 89;

  /// Length of a Merkle data shred on the wire.
  public static final int DATA_SHRED_BYTES = 1203;

  /// Length of a coding shred, and of every legacy shred: a packet of 1,232 bytes without the
  /// 4-byte repair nonce.
  public static final int CODE_SHRED_BYTES = 1228;

  public static final int MAX_SHRED_BYTES = CODE_SHRED_BYTES;

  /// A root or a leaf: a whole SHA-256.
  public static final int ROOT_BYTES = 32;

  /// One entry of a proof: the first 20 bytes of a SHA-256.
  public static final int PROOF_ENTRY_BYTES = 20;

  /// Data shreds of a live FEC set, and coding shreds as many (SIMD-0317).
  public static final int SET_SHREDS = 32;

  /// Proof entries of a live shred: 64 leaves are 6 levels.
  public static final int SET_PROOF_ENTRIES = 6;

  /// Bits 0 to 5 of the flags: the PoH tick of the slot at which the shred was made, saturating.
  public static final int REFERENCE_TICK_MASK = 0x3f;

  /// The shred ends a batch of entries.
  public static final int FLAG_DATA_COMPLETE = 0x40;

  /// The shred ends the slot; a pattern of two bits that includes [#FLAG_DATA_COMPLETE].
  public static final int FLAG_LAST_IN_SLOT = 0xc0;

  /// Whole variant bytes of the legacy shreds, which carry no Merkle proof (removed in agave v3.0).
  public static final int VARIANT_LEGACY_CODE = 0x5a;

  public static final int VARIANT_LEGACY_DATA = 0xa5;

  /// High nibbles.
  public static final int TYPE_CODE = 0x40;

  public static final int TYPE_CODE_CHAINED = 0x60;
  public static final int TYPE_CODE_CHAINED_RESIGNED = 0x70;
  public static final int TYPE_DATA = 0x80;
  public static final int TYPE_DATA_CHAINED = 0x90;
  public static final int TYPE_DATA_CHAINED_RESIGNED = 0xb0;

  private ShredLayout() {}

  /// Whether the byte is a variant that ever was on the wire.
  public static boolean isKnown(int variant) {
    return switch (variant & 0xf0) {
      case TYPE_CODE,
          TYPE_CODE_CHAINED,
          TYPE_CODE_CHAINED_RESIGNED,
          TYPE_DATA,
          TYPE_DATA_CHAINED,
          TYPE_DATA_CHAINED_RESIGNED ->
          true;
      default -> isLegacy(variant);
    };
  }

  /// Whether the variant is one without a Merkle proof.
  public static boolean isLegacy(int variant) {
    return variant == VARIANT_LEGACY_CODE || variant == VARIANT_LEGACY_DATA;
  }

  /// Whether the variant is one of data; every known variant that is not is one of code.
  public static boolean isData(int variant) {
    // 0x8., 0x9., 0xb. and the legacy 0xa5 have the top bit; 0x4., 0x6., 0x7. and 0x5a have not.
    return (variant & 0x80) != 0;
  }

  /// Whether the shred carries the Merkle root of the set before its own.
  public static boolean isChained(int variant) {
    int type = variant & 0xf0;
    return type == TYPE_CODE_CHAINED || type == TYPE_DATA_CHAINED || isResigned(variant);
  }

  /// Whether the shred ends with the signature of the node that sent it on.
  public static boolean isResigned(int variant) {
    int type = variant & 0xf0;
    return type == TYPE_CODE_CHAINED_RESIGNED || type == TYPE_DATA_CHAINED_RESIGNED;
  }

  /// Number of entries of the Merkle proof, 0 for legacy.
  public static int proofEntries(int variant) {
    return isLegacy(variant) ? 0 : variant & 0x0f;
  }

  /// Length of the whole shred; a longer datagram is cut to it.
  public static int shredBytes(int variant) {
    return isData(variant) && !isLegacy(variant) ? DATA_SHRED_BYTES : CODE_SHRED_BYTES;
  }

  /// Length of the headers, where the body starts.
  public static int headerBytes(int variant) {
    return isData(variant) ? DATA_HEADER_BYTES : CODE_HEADER_BYTES;
  }

  /// Where the proof ends: at the retransmitter signature, or at the end of the shred.
  public static int proofEnd(int variant) {
    return shredBytes(variant) - (isResigned(variant) ? SIGNATURE_BYTES : 0);
  }

  /// Where the proof starts, which is also where the bytes hashed into the leaf end.
  public static int proofOffset(int variant) {
    return proofEnd(variant) - proofEntries(variant) * PROOF_ENTRY_BYTES;
  }

  /// End of the body; a chained root, if there is one, starts here.
  public static int bodyEnd(int variant) {
    if (variant == VARIANT_LEGACY_DATA) {
      return CODE_SHRED_BYTES - CODE_HEADER_BYTES;
    }
    return proofOffset(variant) - (isChained(variant) ? ROOT_BYTES : 0);
  }

  /// Where the part that erasure coding covers starts: behind the signature in data shreds (in
  /// legacy ones at the signature), at the body in coding shreds.
  public static int erasureOffset(int variant) {
    if (!isData(variant)) {
      return CODE_HEADER_BYTES;
    }
    return isLegacy(variant) ? 0 : VARIANT_OFFSET;
  }

  /// Length of the part that erasure coding covers, equal for the data and coding shreds of a set.
  public static int erasureBytes(int variant) {
    return bodyEnd(variant) - erasureOffset(variant);
  }

  /// The variant byte of a chained Merkle shred, the only kind a live cluster takes.
  public static int chainedVariant(ShredKind kind, boolean resigned, int proofEntries) {
    int type =
        switch (kind) {
          case DATA -> resigned ? TYPE_DATA_CHAINED_RESIGNED : TYPE_DATA_CHAINED;
          case CODE -> resigned ? TYPE_CODE_CHAINED_RESIGNED : TYPE_CODE_CHAINED;
        };
    return type | proofEntries;
  }
}
