package org.vexor.solana.transaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Reads one transaction where it lies: [#parse] walks it once and remembers offsets; nothing is
/// copied or allocated.
///
/// All offsets are indexes into the parsed array, valid after [#parse] gave
/// [TransactionRefusal#NONE] and until the next call of it or a change of the array. Versions:
/// legacy, 0, and 1 (SIMD-0385, signatures last). The bytes are a `byte[]`, not a segment, since
/// hashing and signature checks of the JDK take arrays. One thread at a time. Layout: solana-sdk
/// transaction and message, SIMD-0385.
public final class TransactionView {
  /// [#version] of a transaction without a version byte.
  public static final int LEGACY = -1;

  /// Most bytes of a legacy or version 0 transaction: an IPv6 minimum MTU less headers (1280 - 40 -
  /// 8).
  public static final int MAXIMUM_BYTES = 1232;

  /// Most bytes of a version 1 transaction (SIMD-0296).
  public static final int MAXIMUM_BYTES_V1 = 4096;

  static final int V1_MARK = 0x81;
  static final int V1_MAXIMUM_SIGNATURES = 12;
  static final int V1_MAXIMUM_ITEMS = 64; // accounts, and instructions
  static final int V1_KNOWN_CONFIG =
      0b1_1111; // priority fee (2 words), compute units, data size, heap
  private static final int V1_FIXED_BYTES = 1 + 3 + 4 + 32 + 1 + 1;
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private int version;
  private int signatureCount;
  private int signaturesOffset;
  private int messageOffset;
  private int messageEnd;
  private int headerOffset;
  private int accountCount;
  private int accountsOffset;
  private int blockhashOffset;
  private int instructionCount;
  private int instructionsOffset;
  private int lookupCount;
  private int lookupsOffset;
  private int configMask;
  private int configOffset;
  private int payloadOffset;

  /// Reads the transaction that starts at `offset`; what lies behind it, before `limit`, is left
  /// alone.
  ///
  /// @return [TransactionRefusal#NONE], or why the bytes have not the shape of a transaction
  /// @throws IndexOutOfBoundsException when `offset..limit` is not within the array
  public TransactionRefusal parse(byte[] source, int offset, int limit) {
    Objects.checkFromToIndex(offset, limit, source.length);
    bytes = source;
    start = offset;
    if (offset == limit) {
      return TransactionRefusal.TRUNCATED;
    }
    int first = source[offset] & 0xff;
    if (first == V1_MARK) { // as a ShortVec it would announce 129 or more signatures: no legacy
      // transaction can
      return parseV1(source, offset, limit);
    }
    int signatures = ShortVecs.read(source, offset, limit);
    if (signatures < 0) {
      return ShortVecs.refusal(signatures);
    }
    int at = offset + ShortVecs.size(signatures);
    signatureCount = signatures;
    signaturesOffset = at;
    at += 64 * signatures;
    messageOffset = at;
    if (at >= limit) {
      return TransactionRefusal.TRUNCATED;
    }
    version = LEGACY;
    if (source[at] < 0) {
      version = source[at] & 0x7f;
      if (version != 0) {
        return TransactionRefusal.UNKNOWN_VERSION;
      }
      at++;
    }
    return parseMessage(source, at, limit);
  }

  /// As [#parse], but the transaction must fill `offset..limit`.
  public TransactionRefusal parseExact(byte[] source, int offset, int limit) {
    TransactionRefusal refusal = parse(source, offset, limit);
    return refusal == TransactionRefusal.NONE && end != limit
        ? TransactionRefusal.TRAILING_BYTES
        : refusal;
  }

  private TransactionRefusal parseMessage(byte[] source, int offset, int limit) {
    headerOffset = offset;
    int at = offset + 3;
    int accounts = ShortVecs.read(source, at, limit);
    if (accounts < 0) {
      return ShortVecs.refusal(accounts);
    }
    at += ShortVecs.size(accounts);
    accountCount = accounts;
    accountsOffset = at;
    at += 32 * accounts;
    blockhashOffset = at;
    at += 32;
    int instructions = ShortVecs.read(source, at, limit);
    if (instructions < 0) {
      return ShortVecs.refusal(instructions);
    }
    at += ShortVecs.size(instructions);
    instructionCount = instructions;
    instructionsOffset = at;
    for (int i = 0; i < instructions; i++) {
      at++; // program index
      for (int part = 0; part < 2; part++) { // accounts, data
        int length = ShortVecs.read(source, at, limit);
        if (length < 0) {
          return ShortVecs.refusal(length);
        }
        at += ShortVecs.size(length) + length;
      }
    }
    lookupCount = 0;
    lookupsOffset = at;
    if (version == 0) {
      int lookups = ShortVecs.read(source, at, limit);
      if (lookups < 0) {
        return ShortVecs.refusal(lookups);
      }
      at += ShortVecs.size(lookups);
      lookupCount = lookups;
      lookupsOffset = at;
      for (int i = 0; i < lookups; i++) {
        at += 32;
        for (int part = 0; part < 2; part++) { // writable, read-only
          int length = ShortVecs.read(source, at, limit);
          if (length < 0) {
            return ShortVecs.refusal(length);
          }
          at += ShortVecs.size(length) + length;
        }
      }
    }
    messageEnd = at;
    end = at;
    configMask = 0;
    return at > limit ? TransactionRefusal.TRUNCATED : TransactionRefusal.NONE;
  }

  private TransactionRefusal parseV1(byte[] source, int offset, int limit) {
    version = 1;
    messageOffset = offset;
    headerOffset = offset + 1;
    if (limit - offset < V1_FIXED_BYTES) {
      return TransactionRefusal.TRUNCATED;
    }
    configMask = (int) INT.get(source, offset + 4);
    blockhashOffset = offset + 8;
    instructionCount = source[offset + 40] & 0xff;
    accountCount = source[offset + 41] & 0xff;
    accountsOffset = offset + V1_FIXED_BYTES;
    configOffset = accountsOffset + 32 * accountCount;
    instructionsOffset = configOffset + 4 * Integer.bitCount(configMask);
    payloadOffset = instructionsOffset + 4 * instructionCount;
    if (payloadOffset > limit) {
      return TransactionRefusal.TRUNCATED;
    }
    int at = payloadOffset;
    for (int header = instructionsOffset; header < payloadOffset; header += 4) {
      at += (source[header + 1] & 0xff) + ((short) SHORT.get(source, header + 2) & 0xffff);
    }
    messageEnd = at;
    signaturesOffset = at;
    signatureCount = source[headerOffset] & 0xff;
    lookupCount = 0;
    lookupsOffset = at;
    end = at + 64 * signatureCount;
    return end > limit ? TransactionRefusal.TRUNCATED : TransactionRefusal.NONE;
  }

  /// Whether a cluster could execute the parsed transaction as far as its bytes tell; signatures
  /// are not checked. Rules: solana-sdk message sanitize, SIMD-0385 for version 1.
  public TransactionRefusal sanitize() {
    return TransactionSanitizer.check(this);
  }

  /// Whether every signature is by the account of its index over the message. False when the view
  /// is not sane enough to tell: more signatures than accounts, or none.
  public boolean verify(SignatureCheck check) {
    if (signatureCount == 0
        || signatureCount != requiredSignatures()
        || signatureCount > accountCount) {
      return false;
    }
    for (int i = 0; i < signatureCount; i++) {
      int key = accountOffset(i);
      int signature = signatureOffset(i);
      if (!check.verify(bytes, key, signature, messageOffset, messageLength())) {
        return false;
      }
    }
    return true;
  }

  /// The array that all offsets index.
  public byte[] bytes() {
    return bytes;
  }

  /// Where the transaction starts.
  public int offset() {
    return start;
  }

  /// Bytes of the whole transaction.
  public int length() {
    return end - start;
  }

  /// [#LEGACY], 0 or 1.
  public int version() {
    return version;
  }

  /// Signatures on the wire.
  public int signatureCount() {
    return signatureCount;
  }

  /// Where signature `index` (64 bytes, by the account of the same index) starts.
  public int signatureOffset(int index) {
    return signaturesOffset + 64 * Objects.checkIndex(index, signatureCount);
  }

  /// Where the signed bytes start.
  public int messageOffset() {
    return messageOffset;
  }

  /// How many bytes are signed.
  public int messageLength() {
    return messageEnd - messageOffset;
  }

  /// How many of the first accounts must sign.
  public int requiredSignatures() {
    return bytes[headerOffset] & 0xff;
  }

  /// How many of the signing accounts, the last of them, are only read.
  public int readonlySigned() {
    return bytes[headerOffset + 1] & 0xff;
  }

  /// How many of the other accounts, the last of them, are only read.
  public int readonlyUnsigned() {
    return bytes[headerOffset + 2] & 0xff;
  }

  /// Account keys in the message; those of lookup tables are not among them.
  public int accountCount() {
    return accountCount;
  }

  /// Where account key `index` (32 bytes) starts.
  public int accountOffset(int index) {
    return accountsOffset + 32 * Objects.checkIndex(index, accountCount);
  }

  /// Where the recent blockhash (32 bytes) starts.
  public int blockhashOffset() {
    return blockhashOffset;
  }

  /// Instructions in the message; an [InstructionCursor] visits them.
  public int instructionCount() {
    return instructionCount;
  }

  /// Lookup tables named by a version 0 message.
  public int lookupCount() {
    return lookupCount;
  }

  /// Version 1: which configuration values are there, by bit; 0 in other versions.
  public int configMask() {
    return configMask;
  }

  /// Version 1: the configuration values, copied, low bits of the mask first; empty in other
  /// versions.
  List<Integer> configWords() {
    List<Integer> words = new ArrayList<>();
    for (int i = 0; i < Integer.bitCount(configMask); i++) {
      words.add((int) INT.get(bytes, configOffset + 4 * i));
    }
    return words;
  }

  int instructionsOffset() {
    return instructionsOffset;
  }

  int payloadOffset() {
    return payloadOffset;
  }

  int lookupsOffset() {
    return lookupsOffset;
  }

  /// Whether this is a vote as validators send it: legacy, one or two signatures, one instruction,
  /// to the vote program (agave sdk simple vote check).
  public boolean isSimpleVote() {
    if (version != LEGACY || signatureCount == 0 || signatureCount > 2 || instructionCount != 1) {
      return false;
    }
    int program = bytes[instructionsOffset] & 0xff;
    return program < accountCount
        && WellKnownPrograms.VOTE.matches(bytes, accountsOffset + 32 * program);
  }

  @Override
  public String toString() {
    return "TransactionView[version=" + version + " offset=" + start + " length=" + length() + "]";
  }
}
