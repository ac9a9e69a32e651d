package org.vexor.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.transaction.Message;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;

/// Signed transfers between a few accounts, no two alike: each moves one lamport more than the one
/// before. One thread.
final class Transfers {
  private static final int ACCOUNTS = 16;

  private final List<Account> accounts = new ArrayList<>();
  private long made;

  Transfers(long seed) {
    // Other accounts than the identities of the same seed.
    SplittableRandom random = new SplittableRandom(seed).split();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(new Account(new Ed25519Signer(Cluster.keypair(random))));
    }
  }

  private record Account(Ed25519Signer signer) implements TransactionSigner {
    @Override
    public Pubkey pubkey() {
      return signer.publicKey();
    }

    @Override
    public Signature sign(byte[] message) {
      return signer.sign(message);
    }
  }

  Transaction next(Hash recentBlockhash) {
    Account from = accounts.get((int) (made % ACCOUNTS));
    Account to = accounts.get((int) ((made + 1) % ACCOUNTS));
    made++;
    Message message =
        new MessageBuilder(from.pubkey())
            .add(SystemProgram.transfer(from.pubkey(), to.pubkey(), made))
            .buildLegacy(recentBlockhash);
    return Transaction.sign(message, List.of(from));
  }

  long made() {
    return made;
  }
}
