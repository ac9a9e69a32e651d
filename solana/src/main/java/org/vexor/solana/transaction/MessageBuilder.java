package org.vexor.solana.transaction;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;

/// Collects instructions and lays their accounts out as a message needs them: the payer, then
/// signers to write, signers to read, others to write, others to read; within each in the order of
/// first use.
///
/// An account wanted in two ways gets the stronger one. Not for several threads.
public final class MessageBuilder {
  private final Map<Pubkey, AccountMeta> metas = new LinkedHashMap<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<AddressTable> tables = new ArrayList<>();

  /// A message whose fee `payer` pays and signs for.
  public MessageBuilder(Pubkey payer) {
    use(AccountMeta.writableSigner(payer));
  }

  /// Adds an instruction behind those that are there.
  public MessageBuilder add(Instruction instruction) {
    instructions.add(instruction);
    instruction.accounts().forEach(this::use);
    use(AccountMeta.readonly(instruction.program()));
    return this;
  }

  /// Lets a version 0 message name accounts by their index in `table`, where no signature nor
  /// program needs the key.
  public MessageBuilder lookUpIn(AddressTable table) {
    tables.add(table);
    return this;
  }

  private void use(AccountMeta wanted) {
    metas.merge(
        wanted.pubkey(),
        wanted,
        (a, b) ->
            new AccountMeta(a.pubkey(), a.signer() || b.signer(), a.writable() || b.writable()));
  }

  /// The message without a version byte; tables are not used.
  public Message buildLegacy(Hash recentBlockhash) {
    return build(TransactionView.LEGACY, recentBlockhash, List.of(), TransactionConfig.NONE);
  }

  /// The message of version 0.
  public Message buildV0(Hash recentBlockhash) {
    return build(0, recentBlockhash, tables, TransactionConfig.NONE);
  }

  /// The message of version 1; tables are not used.
  public Message buildV1(Hash recentBlockhash, TransactionConfig config) {
    return build(1, recentBlockhash, List.of(), config);
  }

  private Message build(
      int version, Hash blockhash, List<AddressTable> usedTables, TransactionConfig config) {
    Map<Pubkey, AccountMeta> fixed = new LinkedHashMap<>(metas);
    List<Pubkey> loadedWritable = new ArrayList<>();
    List<Pubkey> loadedReadonly = new ArrayList<>();
    List<AddressLookup> lookups = new ArrayList<>();
    for (AddressTable table : usedTables) {
      Octets writable = take(table, fixed, true, loadedWritable);
      Octets readonly = take(table, fixed, false, loadedReadonly);
      if (writable.length() + readonly.length() > 0) {
        lookups.add(new AddressLookup(table.key(), writable, readonly));
      }
    }
    List<Pubkey> accounts = new ArrayList<>();
    int writableSigners = append(accounts, fixed, true, true);
    int readonlySigners = append(accounts, fixed, true, false);
    append(accounts, fixed, false, true);
    int readonlyOthers = append(accounts, fixed, false, false);

    Map<Pubkey, Integer> indexes = new LinkedHashMap<>();
    for (List<Pubkey> part : List.of(accounts, loadedWritable, loadedReadonly)) {
      for (Pubkey key : part) {
        indexes.put(key, indexes.size());
      }
    }
    if (indexes.size() > 256) {
      throw new IllegalArgumentException(
          "a message can name 256 accounts, these instructions use " + indexes.size());
    }
    List<CompiledInstruction> compiled =
        instructions.stream().map(instruction -> compile(instruction, indexes)).toList();
    return new Message(
        version,
        writableSigners + readonlySigners,
        readonlySigners,
        readonlyOthers,
        accounts,
        blockhash,
        compiled,
        lookups,
        config);
  }

  private Octets take(
      AddressTable table, Map<Pubkey, AccountMeta> fixed, boolean writable, List<Pubkey> loaded) {
    ByteArrayOutputStream indexes = new ByteArrayOutputStream();
    for (int i = 0; i < table.addresses().size(); i++) {
      Pubkey key = table.addresses().get(i);
      AccountMeta meta = fixed.get(key);
      boolean movable = meta != null && !meta.signer() && meta.writable() == writable;
      if (movable && instructions.stream().noneMatch(call -> call.program().equals(key))) {
        fixed.remove(key);
        loaded.add(key);
        indexes.write(i);
      }
    }
    return Octets.of(indexes.toByteArray());
  }

  private static int append(
      List<Pubkey> accounts, Map<Pubkey, AccountMeta> fixed, boolean signer, boolean writable) {
    int before = accounts.size();
    for (AccountMeta meta : fixed.values()) {
      if (meta.signer() == signer && meta.writable() == writable) {
        accounts.add(meta.pubkey());
      }
    }
    return accounts.size() - before;
  }

  private static CompiledInstruction compile(
      Instruction instruction, Map<Pubkey, Integer> indexes) {
    byte[] accounts = new byte[instruction.accounts().size()];
    for (int i = 0; i < accounts.length; i++) {
      accounts[i] = (byte) index(indexes, instruction.accounts().get(i).pubkey());
    }
    return new CompiledInstruction(
        index(indexes, instruction.program()), Octets.of(accounts), instruction.data());
  }

  private static int index(Map<Pubkey, Integer> indexes, Pubkey key) {
    Integer index = indexes.get(key);
    if (index == null) {
      throw new IllegalStateException(key + " is used by an instruction but was never collected");
    }
    return index;
  }
}
