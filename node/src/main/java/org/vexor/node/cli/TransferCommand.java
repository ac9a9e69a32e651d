package org.vexor.node.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.vexor.node.landing.Landing;
import org.vexor.node.landing.LandingReport;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.LatestBlockhash;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.rpc.RpcException;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.tpu.history.HistoryListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor transfer`: moves lamports, by QUIC to the leaders.
@Command(
    name = "transfer",
    description = {
      "Send transfers to the leaders of a cluster by QUIC, and wait until they are in a block.",
      "Each carries a random reference key, as Solana Pay's do, so that two alike are two"
          + " transfers, also within the life of one blockhash.",
      "Exit code 1 when not all landed.",
      ""
    },
    mixinStandardHelpOptions = true)
final class TransferCommand implements Callable<Integer> {
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final long LOOK_NS = 5_000_000;
  private static final int MOST = 50_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--identity",
      paramLabel = "KEYPAIR",
      required = true,
      description = "key file of the account that pays")
  private Path identity = Path.of("");

  @Option(names = "--to", paramLabel = "PUBKEY", required = true, description = "who gets it")
  private String to = "";

  @Option(
      names = "--lamports",
      paramLabel = "N",
      required = true,
      description = "how much each transfer moves")
  private long lamports;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "transfers, 1 to 50000 (default ${DEFAULT-VALUE})")
  private int count;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "500",
      description = "transfers a second (default ${DEFAULT-VALUE})")
  private int rate;

  @Option(
      names = "--json",
      description = "one JSON line for each transfer: its way, and the slot it landed in")
  private boolean json;

  @Mixin private final LandingOptions cluster = new LandingOptions();
  @Mixin private final MasqueOptions masque = new MasqueOptions();

  @Override
  public Integer call() throws UserException {
    if (count < 1 || count > MOST || rate < 1 || lamports < 0) {
      throw new UserException(
          "--count is 1 to " + MOST + ", --rate at least 1, --lamports not negative");
    }
    Keypair payer = TransactionFiles.keypair("--identity", identity);
    Pubkey receiver;
    try {
      receiver = Pubkey.fromBase58(to);
    } catch (IllegalArgumentException e) {
      throw new UserException("--to: " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter messages = spec.commandLine().getErr();
    HistoryListener steps =
        count == 1 && !json
            ? (signature, step, detail) -> {
              out.println(step.name().toLowerCase(Locale.ROOT) + "  " + detail);
              out.flush();
            }
            : HistoryListener.NONE;
    try (RpcClient client = cluster.rpc();
        MasqueOptions.Outward outward = masque.open(messages)) {
      ClusterRpc rpc = new ClusterRpc(client);
      try (Landing landing =
          cluster.landing(
              rpc,
              cluster.link(Keypair.generate(), messages),
              outward.way(),
              payer,
              steps,
              messages::println)) {
        List<Signature> signatures = send(landing, rpc, payer, receiver);
        return report(landing, signatures, out);
      }
    }
  }

  private List<Signature> send(Landing landing, ClusterRpc rpc, Keypair payer, Pubkey receiver)
      throws UserException {
    TransactionSigner signer = TransactionSigner.of(payer);
    Blockhashes blockhashes = new Blockhashes(rpc);
    SecureRandom random = new SecureRandom();
    List<Signature> signatures = new ArrayList<>();
    long startNs = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long dueNs = startNs + i * NS_PER_SECOND / rate;
      while (System.nanoTime() - dueNs < 0) {
        LockSupport.parkNanos(dueNs - System.nanoTime());
      }
      Blockhashes.Current current = blockhashes.current();
      Transaction transfer = transfer(signer, receiver, reference(random), current.blockhash());
      Signature signature = transfer.signatures().getFirst();
      signatures.add(signature);
      landing.submit(signature, transfer.toByteArray(), current.lastValidSlot());
    }
    return signatures;
  }

  private static Pubkey reference(SecureRandom random) {
    byte[] bytes = new byte[Pubkey.LENGTH];
    random.nextBytes(bytes);
    return Pubkey.of(bytes);
  }

  private Transaction transfer(
      TransactionSigner from, Pubkey to, Pubkey reference, Hash blockhash) {
    return Transaction.sign(
        new MessageBuilder(from.pubkey())
            .add(SystemProgram.transfer(from.pubkey(), to, lamports, reference))
            .buildLegacy(blockhash),
        List.of(from));
  }

  private int report(Landing landing, List<Signature> signatures, PrintWriter out) {
    while (landing.open() > 0) {
      LockSupport.parkNanos(LOOK_NS);
    }
    LandingReport report = new LandingReport(landing.history(), signatures);
    if (json) {
      report.json(out);
    } else {
      if (count == 1) {
        out.println("signature  " + signatures.getFirst());
      }
      report.text(out);
    }
    return report.isGood() ? 0 : 1;
  }

  /// Asks for a new blockhash every few seconds.
  static final class Blockhashes {
    private static final long GOOD_NS = 5 * NS_PER_SECOND;

    /// Slots without a block lengthen the life of a blockhash, which is counted in blocks.
    private static final double SKIPPED = 1.1;

    private final ClusterRpc rpc;
    private long askedNs;
    private Optional<Current> known = Optional.empty();

    /// @param lastValidSlot after which transactions with it are over
    record Current(Hash blockhash, long lastValidSlot) {}

    Blockhashes(ClusterRpc rpc) {
      this.rpc = rpc;
    }

    Current current() throws UserException {
      if (known.isPresent() && System.nanoTime() - askedNs < GOOD_NS) {
        return known.get();
      }
      try {
        LatestBlockhash latest = rpc.latestBlockhash();
        long blocks = Math.max(0, latest.lastValidBlockHeight() - rpc.blockHeight());
        known =
            Optional.of(new Current(latest.blockhash(), rpc.slot() + (long) (blocks * SKIPPED)));
        askedNs = System.nanoTime();
      } catch (RpcException e) {
        if (known.isEmpty()) {
          throw new UserException(String.valueOf(e.getMessage()), e);
        }
      }
      return known.orElseThrow();
    }
  }
}
