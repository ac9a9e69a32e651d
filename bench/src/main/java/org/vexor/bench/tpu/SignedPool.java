package org.vexor.bench.tpu;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;

/// Signed transfers to be sent in a circle, as Agave's client sends its own: signing is not what is
/// measured. One thread.
final class SignedPool {
  /// As many as Agave's client prepares.
  private static final int TRANSFERS = 20_000;

  private final List<byte[]> transfers = new ArrayList<>();
  private final ByteBuffer name = ByteBuffer.allocate(Signature.LENGTH);
  private int next;
  private long named;

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

  SignedPool() {
    var payer = new Payer(new Ed25519Signer(Keypair.generate()));
    Pubkey recipient = Keypair.generate().publicKey();
    for (int i = 1; i <= TRANSFERS; i++) {
      var message =
          new MessageBuilder(payer.pubkey())
              .add(SystemProgram.transfer(payer.pubkey(), recipient, i))
              .buildLegacy(Hash.ZERO);
      transfers.add(Transaction.sign(message, List.of(payer)).toByteArray());
    }
  }

  byte[] next() {
    next = next + 1 == TRANSFERS ? 0 : next + 1;
    return transfers.get(next);
  }

  /// A name that no other has: the sender takes no double.
  Signature name() {
    name.putLong(0, ++named * 0x9e3779b97f4a7c15L);
    return Signature.of(name.array());
  }
}
