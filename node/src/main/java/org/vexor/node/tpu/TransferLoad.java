package org.vexor.node.tpu;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.transaction.Instruction;
import org.vexor.solana.transaction.Message;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.Octets;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionConfig;
import org.vexor.solana.transaction.TransactionSigner;

/// Signed transfers of one payer to one other account, no two alike: each moves one lamport more
/// than the one before. Longer ones carry a memo; those that are too long for that are of version
/// 1. One thread.
public final class TransferLoad {
  /// What transactions of other versions may have (`PACKET_DATA_SIZE` of solana-packet).
  private static final int LEGACY_BYTES = 1_232;

  /// The largest of version 1 (SIMD-0385).
  private static final int LARGEST_BYTES = 4_096;

  /// Version 2 of the Solana Program Library's.
  private static final Pubkey MEMO =
      Pubkey.fromBase58("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");

  private final Payer payer;
  private final Pubkey recipient;
  private final Hash blockhash;
  private final boolean versionOne;
  private final int memoBytes;
  private long made;

  private record Payer(Ed25519Signer signer) implements TransactionSigner {
    @Override
    public Pubkey pubkey() {
      return signer.publicKey();
    }

    @Override
    public Signature sign(byte[] message) {
      return signer.sign(message);
    }
  }

  /// Of this size, or the next smaller one that there is.
  ///
  /// @param bytes of each transaction; 0 for the smallest
  /// @throws IllegalArgumentException when it is outside of what transactions may have
  public TransferLoad(Keypair from, Hash blockhash, int bytes) {
    this.payer = new Payer(new Ed25519Signer(from));
    this.recipient = Keypair.generate().publicKey();
    this.blockhash = blockhash;
    this.versionOne = bytes > LEGACY_BYTES;
    this.memoBytes = bytes == 0 ? -1 : memoFor(bytes);
  }

  private int memoFor(int bytes) {
    int smallest = transaction(1, -1).lengthBytes();
    if (bytes < smallest || bytes > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "transfers have " + smallest + " to " + LARGEST_BYTES + " bytes, not " + bytes);
    }
    int memo = bytes - transaction(1, 0).lengthBytes();
    // A longer memo may take a longer length.
    while (memo >= 0 && transaction(1, memo).lengthBytes() > bytes) {
      memo--;
    }
    return memo;
  }

  private Transaction transaction(long lamports, int memo) {
    var builder =
        new MessageBuilder(payer.pubkey())
            .add(SystemProgram.transfer(payer.pubkey(), recipient, lamports));
    if (memo >= 0) {
      byte[] text = new byte[memo];
      Arrays.fill(text, "x".getBytes(StandardCharsets.US_ASCII)[0]);
      builder.add(new Instruction(MEMO, List.of(), Octets.of(text)));
    }
    Message message =
        versionOne
            ? builder.buildV1(blockhash, TransactionConfig.NONE)
            : builder.buildLegacy(blockhash);
    return Transaction.sign(message, List.of(payer));
  }

  /// The next one.
  public Transaction next() {
    made++;
    return transaction(made, memoBytes);
  }
}
