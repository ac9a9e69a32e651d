package org.vexor.solana.transaction;

import java.util.ArrayList;
import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.codec.WireWriter;

/// A message and its signatures, immutable. Signature `i` is by account `i`.
public record Transaction(List<Signature> signatures, Message message) {
  /// Copies the list.
  ///
  /// @throws IllegalArgumentException when a version 1 message, whose signatures are not counted on
  ///   the wire, requires another number of them
  public Transaction {
    signatures = List.copyOf(signatures);
    if (message.version() == 1 && signatures.size() != message.requiredSignatures()) {
      throw new IllegalArgumentException(
          "the message requires "
              + message.requiredSignatures()
              + " signatures, there are "
              + signatures.size());
    }
  }

  /// The transaction of a view whose parse succeeded, copied.
  public static Transaction of(TransactionView view) {
    byte[] bytes = view.bytes();
    List<Signature> signatures = new ArrayList<>(view.signatureCount());
    for (int i = 0; i < view.signatureCount(); i++) {
      signatures.add(Signature.of(bytes, view.signatureOffset(i)));
    }
    List<Pubkey> accounts = new ArrayList<>(view.accountCount());
    for (int i = 0; i < view.accountCount(); i++) {
      accounts.add(Pubkey.of(bytes, view.accountOffset(i)));
    }
    List<CompiledInstruction> instructions = new ArrayList<>(view.instructionCount());
    InstructionCursor instruction = new InstructionCursor().wrap(view);
    while (instruction.next()) {
      instructions.add(
          new CompiledInstruction(
              instruction.programIndex(),
              Octets.of(bytes, instruction.accountsOffset(), instruction.accountCount()),
              Octets.of(bytes, instruction.dataOffset(), instruction.dataLength())));
    }
    List<AddressLookup> lookups = new ArrayList<>(view.lookupCount());
    LookupCursor lookup = new LookupCursor().wrap(view);
    while (lookup.next()) {
      lookups.add(
          new AddressLookup(
              Pubkey.of(bytes, lookup.tableOffset()),
              Octets.of(bytes, lookup.writableOffset(), lookup.writableCount()),
              Octets.of(bytes, lookup.readonlyOffset(), lookup.readonlyCount())));
    }
    return new Transaction(
        signatures,
        new Message(
            view.version(),
            view.requiredSignatures(),
            view.readonlySigned(),
            view.readonlyUnsigned(),
            accounts,
            Hash.of(bytes, view.blockhashOffset()),
            instructions,
            lookups,
            new TransactionConfig(view.configMask(), view.configWords())));
  }

  /// A message signed by all who must.
  ///
  /// @param signers in any order; each account that must sign needs one here
  /// @throws IllegalArgumentException naming the account that nobody signs for
  public static Transaction sign(Message message, List<? extends TransactionSigner> signers) {
    byte[] signed = message.toByteArray();
    List<Signature> signatures = new ArrayList<>();
    for (Pubkey account : message.accounts().subList(0, message.requiredSignatures())) {
      TransactionSigner signer =
          signers.stream()
              .filter(candidate -> candidate.pubkey().equals(account))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          account + " must sign and is not among the signers: add its key"));
      signatures.add(signer.sign(signed));
    }
    return new Transaction(signatures, message);
  }

  /// The bytes for the wire.
  public byte[] toByteArray() {
    return write(new WireWriter(new byte[lengthBytes()])).toByteArray();
  }

  /// How many bytes the transaction has on the wire.
  public int lengthBytes() {
    int counted = message.version() == 1 ? 0 : ShortVecs.size(signatures.size());
    return counted + Signature.LENGTH * signatures.size() + message.lengthBytes();
  }

  /// Writes the bytes for the wire.
  public WireWriter write(WireWriter to) {
    if (message.version() == 1) {
      message.write(to);
      signatures.forEach(signature -> to.bytes(signature.bytes()));
      return to;
    }
    to.shortVec(signatures.size());
    signatures.forEach(signature -> to.bytes(signature.bytes()));
    return message.write(to);
  }

  /// Whether a cluster could execute it as far as its bytes tell; signatures are not checked.
  public TransactionRefusal sanitize() {
    byte[] bytes = toByteArray();
    TransactionView view = new TransactionView();
    TransactionRefusal refusal = view.parseExact(bytes, 0, bytes.length);
    return refusal == TransactionRefusal.NONE ? view.sanitize() : refusal;
  }
}
