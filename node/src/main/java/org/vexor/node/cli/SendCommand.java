package org.vexor.node.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.vexor.node.landing.BlockhashAges;
import org.vexor.node.landing.Broadcast;
import org.vexor.node.landing.Landing;
import org.vexor.node.landing.LandingReport;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.rpc.RpcException;
import org.vexor.solana.rpc.SignatureStatus;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.send.Submission;
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
      "Send signed transactions to the leaders of a cluster by QUIC, and wait until they are in a"
          + " block, or too old. Those that are in a block already are not sent.",
      "Without --rpc, by --entrypoint alone, they go to the leaders that --leader or"
          + " --leader-schedule name, else to all nodes that vote, at most 16. What has landed is then"
          + " told by blocks that come here by turbine and whose leader is known: so named, or the"
          + " only one that votes; else it stays unknown.",
      "Exit code 1 when not all are known to be in a block, or some failed there.",
      ""
    },
    mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
  private static final long LOOK_NS = 5_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|BASE64",
      description =
          "the transactions: each a file with its bytes or their base64, or the base64 itself")
  private List<String> transactions = List.of();

  @Option(names = "--json", description = "a JSON line for each with its way instead of text")
  private boolean json;

  @Mixin private final IdentityOption identity = new IdentityOption();
  @Mixin private final LandingOptions cluster = new LandingOptions();
  @Mixin private final LeaderOptions leaders = new LeaderOptions();
  @Mixin private final MasqueOptions masque = new MasqueOptions();

  @Override
  public Integer call() throws UserException {
    List<TransactionView> views = new ArrayList<>();
    for (String transaction : transactions) {
      views.add(TransactionFiles.transaction(transaction));
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter messages = spec.commandLine().getErr();
    HistoryListener steps =
        json || views.size() > 1
            ? HistoryListener.NONE
            : (of, step, detail) -> {
              out.println(step.name().toLowerCase(Locale.ROOT) + "  " + detail);
              out.flush();
            };
    if (!cluster.asksRpc()) {
      return broadcast(views, steps, out, messages);
    }
    if (leaders.areGiven()) {
      throw new UserException(
          "--leader and --leader-schedule are for sending without --rpc, which tells who leads");
    }
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
        return send(views, rpc, landing, out);
      }
    } catch (RpcException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  /// By gossip alone.
  private int broadcast(
      List<TransactionView> views, HistoryListener steps, PrintWriter out, PrintWriter messages)
      throws UserException {
    try (MasqueOptions.Outward outward = masque.open(messages);
        Broadcast broadcast =
            cluster.broadcast(
                leaders.slotLeaders(), outward.way(), identity.keypair(), steps, messages)) {
      List<Signature> signatures = signatures(views);
      for (int i = 0; i < views.size(); i++) {
        Submission _ = broadcast.submit(signatures.get(i), views.get(i).bytes());
      }
      while (broadcast.open() > 0) {
        LockSupport.parkNanos(LOOK_NS);
      }
      LandingReport report = new LandingReport(broadcast.history(), signatures);
      report(report, signatures, out);
      if (broadcast.seesBlocks() && !broadcast.bringsBlocks()) {
        messages.println("turbine brought no whole block: they may be in one all the same");
      } else if (!broadcast.seesBlocks()) {
        messages.println(
            "whether they are in a block nobody tells here: --rpc URL does, or --leader-schedule FILE"
                + " where the blocks reach --tvu-bind");
      }
      return report.isGood() ? 0 : 1;
    }
  }

  private static List<Signature> signatures(List<TransactionView> views) {
    return views.stream().map(view -> Signature.of(view.bytes(), view.signatureOffset(0))).toList();
  }

  private void report(LandingReport report, List<Signature> signatures, PrintWriter out) {
    if (json) {
      report.json(out);
      return;
    }
    if (signatures.size() == 1) {
      out.println("signature  " + signatures.getFirst());
    }
    report.text(out);
  }

  private int send(List<TransactionView> views, ClusterRpc rpc, Landing landing, PrintWriter out)
      throws UserException, RpcException {
    List<Signature> signatures = signatures(views);
    Map<Signature, SignatureStatus> before = landedBefore(rpc, signatures);
    before.forEach(landing::landedBefore);
    var ages = new BlockhashAges(rpc, landing);
    // Whoever signed them knows how old they are; the longest life is what they get.
    long last = new TransferCommand.Blockhashes(rpc).current().lastValidSlot();
    for (int i = 0; i < views.size(); i++) {
      Signature signature = signatures.get(i);
      if (!before.containsKey(signature)
          && landing.submit(signature, views.get(i).bytes(), last) == Submission.ACCEPTED) {
        ages.watch(signature, views.get(i));
      }
    }
    while (landing.open() > 0) {
      ages.doWork(System.nanoTime());
      LockSupport.parkNanos(LOOK_NS);
    }
    LandingReport report = new LandingReport(landing.history(), signatures, landing::wasBefore);
    report(report, signatures, out);
    return report.isGood() ? 0 : 1;
  }

  private static Map<Signature, SignatureStatus> landedBefore(
      ClusterRpc rpc, List<Signature> signatures) throws RpcException {
    Map<Signature, SignatureStatus> before = new HashMap<>();
    rpc.signatureStatuses(
        signatures, (signature, status) -> status.ifPresent(known -> before.put(signature, known)));
    return before;
  }
}
