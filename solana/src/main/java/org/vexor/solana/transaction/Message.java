package org.vexor.solana.transaction;

import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireWriter;

/// What a transaction's signers agree to. Immutable; any shape the wire can carry, so also one that
/// [TransactionView#sanitize] refuses.
///
/// @param version [TransactionView#LEGACY], 0 or 1
/// @param requiredSignatures how many of the first accounts sign
/// @param readonlySigned how many of these, the last of them, are only read
/// @param readonlyUnsigned how many of the other accounts, the last of them, are only read
/// @param lookups empty but in version 0
/// @param config [TransactionConfig#NONE] but in version 1
public record Message(
    int version,
    int requiredSignatures,
    int readonlySigned,
    int readonlyUnsigned,
    List<Pubkey> accounts,
    Hash recentBlockhash,
    List<CompiledInstruction> instructions,
    List<AddressLookup> lookups,
    TransactionConfig config) {

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException when the version cannot carry what is given
  public Message {
    accounts = List.copyOf(accounts);
    instructions = List.copyOf(instructions);
    lookups = List.copyOf(lookups);
    if (version < TransactionView.LEGACY || version > 1) {
      throw new IllegalArgumentException(
          "message versions are -1 (legacy), 0 and 1, not " + version);
    }
    if (version != 0 && !lookups.isEmpty()) {
      throw new IllegalArgumentException(
          "only version 0 has lookup tables, not version " + version);
    }
    if (version != 1 && config.mask() != 0) {
      throw new IllegalArgumentException(
          "only version 1 has a configuration, not version " + version);
    }
    if (version == 1 && (accounts.size() > 255 || instructions.size() > 255)) {
      throw new IllegalArgumentException(
          "version 1 counts in one byte: "
              + accounts.size()
              + " accounts, "
              + instructions.size()
              + " instructions");
    }
  }

  /// The bytes that are signed.
  public byte[] toByteArray() {
    return write(new WireWriter(new byte[lengthBytes()])).toByteArray();
  }

  /// How many bytes are signed.
  public int lengthBytes() {
    int length = (version == TransactionView.LEGACY ? 3 : 4) + 32 * accounts.size() + Hash.LENGTH;
    if (version == 1) {
      length += 4 + 2 + 4 * config.words().size() + 4 * instructions.size();
      for (CompiledInstruction instruction : instructions) {
        length += instruction.accountIndexes().length() + instruction.data().length();
      }
      return length;
    }
    length += ShortVecs.size(accounts.size()) + ShortVecs.size(instructions.size());
    for (CompiledInstruction instruction : instructions) {
      length += 1 + sized(instruction.accountIndexes()) + sized(instruction.data());
    }
    if (version == 0) {
      length += ShortVecs.size(lookups.size());
      for (AddressLookup lookup : lookups) {
        length += 32 + sized(lookup.writableIndexes()) + sized(lookup.readonlyIndexes());
      }
    }
    return length;
  }

  /// Writes the bytes that are signed.
  public WireWriter write(WireWriter to) {
    if (version != TransactionView.LEGACY) {
      to.u8(0x80 | version);
    }
    to.u8(requiredSignatures).u8(readonlySigned).u8(readonlyUnsigned);
    if (version == 1) {
      return writeV1(to);
    }
    to.shortVec(accounts.size());
    accounts.forEach(account -> to.bytes(account.bytes()));
    to.bytes(recentBlockhash.bytes());
    to.shortVec(instructions.size());
    for (CompiledInstruction instruction : instructions) {
      to.u8(instruction.programIndex());
      writeSized(to, instruction.accountIndexes());
      writeSized(to, instruction.data());
    }
    if (version == 0) {
      to.shortVec(lookups.size());
      for (AddressLookup lookup : lookups) {
        to.bytes(lookup.table().bytes());
        writeSized(to, lookup.writableIndexes());
        writeSized(to, lookup.readonlyIndexes());
      }
    }
    return to;
  }

  private WireWriter writeV1(WireWriter to) {
    to.u32(config.mask()).bytes(recentBlockhash.bytes());
    to.u8(instructions.size()).u8(accounts.size());
    accounts.forEach(account -> to.bytes(account.bytes()));
    config.words().forEach(to::u32);
    for (CompiledInstruction instruction : instructions) {
      int accountCount = instruction.accountIndexes().length();
      int dataBytes = instruction.data().length();
      if (accountCount > 255 || dataBytes > 65535) {
        throw new IllegalArgumentException(
            "a version 1 instruction has at most 255 accounts and 65535 bytes of data, not "
                + accountCount
                + " and "
                + dataBytes);
      }
      to.u8(instruction.programIndex()).u8(accountCount).u16(dataBytes);
    }
    for (CompiledInstruction instruction : instructions) {
      to.bytes(instruction.accountIndexes().shared()).bytes(instruction.data().shared());
    }
    return to;
  }

  private static int sized(Octets octets) {
    return ShortVecs.size(octets.length()) + octets.length();
  }

  private static void writeSized(WireWriter to, Octets octets) {
    to.shortVec(octets.length()).bytes(octets.shared());
  }
}
