package org.vexor.node.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.vexor.node.landing.Landing;
import org.vexor.node.landing.LandingReport;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.tpu.history.HistoryListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `vexor send`: a signed transaction to the leaders.
@Command(
    name = "send",
    description = {
      "Send a signed transaction to the leaders of a cluster by QUIC, and wait until it is in a"
          + " block.",
      "Exit code 1 when it did not land.",
      ""
    },
    mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
  private static final long LOOK_NS = 20_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE|BASE64",
      description = "the transaction: a file with its bytes or their base64, or the base64 itself")
  private String transaction = "";

  @Option(names = "--json", description = "one JSON line with its way instead of text")
  private boolean json;

  @Mixin private final IdentityOption identity = new IdentityOption();
  @Mixin private final LandingOptions cluster = new LandingOptions();
  @Mixin private final MasqueOptions masque = new MasqueOptions();

  @Override
  public Integer call() throws UserException {
    TransactionView view = TransactionFiles.transaction(transaction);
    byte[] bytes = view.bytes();
    Signature signature = Signature.of(bytes, view.signatureOffset(0));
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter messages = spec.commandLine().getErr();
    HistoryListener steps =
        json
            ? HistoryListener.NONE
            : (of, step, detail) -> {
              out.println(step.name().toLowerCase(Locale.ROOT) + "  " + detail);
              out.flush();
            };
    try (RpcClient client = cluster.rpc();
        MasqueOptions.Outward outward = masque.open(messages)) {
      ClusterRpc rpc = new ClusterRpc(client);
      try (Landing landing =
          cluster.landing(
              rpc,
              cluster.link(Keypair.generate(), messages),
              outward.way(),
              identity.keypair(),
              steps,
              messages::println)) {
        // Whoever signed it knows how old it is; the longest life is what it gets.
        long last = new TransferCommand.Blockhashes(rpc).current().lastValidSlot();
        landing.submit(signature, bytes, last);
        while (landing.open() > 0) {
          LockSupport.parkNanos(LOOK_NS);
        }
        LandingReport report = new LandingReport(landing.history(), List.of(signature));
        if (json) {
          report.json(out);
        } else {
          out.println("signature  " + signature);
          report.text(out);
        }
        return report.isGood() ? 0 : 1;
      }
    }
  }
}
