package org.vexor.node.landing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.vexor.localnet.Localnet;
import org.vexor.node.localnet.RunningLocalnet;
import org.vexor.node.route.WayOut;
import org.vexor.node.rpc.RpcServer;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.history.Stage;
import org.vexor.tpu.leader.FanOut;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.Submission;

/// A client that knows nothing but one node's RPC, against a localnet with its QUIC ports.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LandingTest {
  private static final long PATIENCE_NS = 20_000_000_000L;
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static void await(BooleanSupplier condition) {
    long startNs = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - startNs < PATIENCE_NS) {
      LockSupport.parkNanos(5_000_000);
    }
    assertTrue(condition.getAsBoolean(), "in time");
  }

  private final RunningLocalnet cluster = new RunningLocalnet();
  private final Localnet localnet = cluster.localnet();
  private final RpcClient client = new RpcClient(cluster.url(), Duration.ofSeconds(10));
  private final ClusterRpc rpc = new ClusterRpc(client);

  @AfterAll
  void end() {
    client.close();
    cluster.close();
  }

  private Landing landing() throws IOException {
    return landing(rpc, line -> {});
  }

  private Landing landing(ClusterRpc asked, Consumer<String> troubleLines) throws IOException {
    cluster.awaitBlock();
    Landing landing =
        new Landing(
            asked,
            Optional.empty(),
            ANY_PORT,
            WayOut.DIRECT,
            Keypair.generate(),
            FanOut.DEFAULT,
            HistoryListener.NONE,
            troubleLines);
    landing.hearSlots(URI.create("ws:" + asked.client().url().getSchemeSpecificPart()));
    landing.start();
    await(landing::isConnected);
    return landing;
  }

  @Test
  void whatIsSentIsReportedInTheSlotThatTheNodeNames() throws Exception {
    try (Landing landing = landing()) {
      List<Signature> signatures = send(landing, rpc);
      await(() -> landing.open() == 0);
      for (Signature signature : signatures) {
        var story = landing.history().find(signature).orElseThrow();
        assertEquals(Stage.SEEN, story.stage(), story.toString());
        assertEquals(
            localnet.view().slotOf(signature).orElseThrow(), story.seen().orElseThrow().slot());
      }
      LandingReport report = new LandingReport(landing.history(), signatures);
      assertTrue(report.isGood());
      assertTrue(text(report).startsWith("20 transactions: 20 landed"), text(report));
      assertTrue(landing.slotsHeard() > 0);
      assertADoubleIsToldAsSuch(signatures.getFirst());
    }
  }

  private void assertADoubleIsToldAsSuch(Signature landed) throws Exception {
    try (Landing landing = landing()) {
      landing.landedBefore(landed, rpc.signatureStatuses(List.of(landed)).getFirst().orElseThrow());
      LandingReport report =
          new LandingReport(landing.history(), List.of(landed, landed), landing::wasBefore);
      assertTrue(report.isGood());
      assertTrue(text(report).contains("2 doubles, not sent"), text(report));
    }
  }

  @Test
  void whatCannotLandAnyMoreEndsWhenTheNodeSaysSo() throws Exception {
    TransactionSigner payer = TransactionSigner.of(Keypair.generate());
    Transaction old = transfer(payer, 1, Hash.of(new byte[Hash.LENGTH]));
    byte[] bytes = old.toByteArray();
    TransactionView view = new TransactionView();
    assertEquals(TransactionRefusal.NONE, view.parseExact(bytes, 0, bytes.length));
    Signature signature = old.signatures().getFirst();
    try (Landing landing = landing()) {
      BlockhashAges ages = new BlockhashAges(rpc, landing);
      assertEquals(Submission.ACCEPTED, landing.submit(signature, bytes, SendRequest.NO_LIMIT));
      ages.watch(signature, view);
      assertEquals(0, ages.doWork(0));
      assertEquals(0, ages.doWork(2_900_000_000L), "the node may be behind");
      assertEquals(1, ages.doWork(4_000_000_000L));
      assertEquals(0, landing.open());
      assertEquals(Stage.EXPIRED, landing.history().find(signature).orElseThrow().stage());
    }
  }

  @Test
  void goesOnSendingAndSaysSoWhenTheNodeIsGone() throws Exception {
    Queue<String> said = new ConcurrentLinkedQueue<>();
    RpcServer leaving = cluster.serve();
    try (RpcClient asked =
            new RpcClient(
                URI.create("http://127.0.0.1:" + leaving.address().getPort()),
                Duration.ofSeconds(1));
        Landing landing = landing(new ClusterRpc(asked), said::add)) {
      leaving.close();
      await(() -> said.stream().anyMatch(line -> line.contains("does not answer")));
      await(() -> said.stream().anyMatch(line -> line.contains("counted on by time")));
      List<Signature> signatures = send(landing, rpc);
      await(
          () ->
              signatures.stream()
                  .allMatch(signature -> localnet.view().slotOf(signature).isPresent()));
      assertEquals(20, landing.open(), "nobody told it that they landed");
    }
  }

  private static String text(LandingReport report) {
    StringWriter text = new StringWriter();
    report.text(new PrintWriter(text));
    return text.toString();
  }

  private static List<Signature> send(Landing landing, ClusterRpc rpc) throws Exception {
    TransactionSigner payer = TransactionSigner.of(Keypair.generate());
    List<Signature> signatures = new ArrayList<>();
    var blockhash = rpc.latestBlockhash();
    for (int i = 1; i <= 20; i++) {
      Transaction transfer = transfer(payer, i, blockhash.blockhash());
      Signature signature = transfer.signatures().getFirst();
      assertEquals(
          Submission.ACCEPTED,
          landing.submit(signature, transfer.toByteArray(), blockhash.slot() + 150));
      signatures.add(signature);
    }
    return signatures;
  }

  private static Transaction transfer(TransactionSigner payer, long lamports, Hash blockhash) {
    return Transaction.sign(
        new MessageBuilder(payer.pubkey())
            .add(SystemProgram.transfer(payer.pubkey(), payer.pubkey(), lamports))
            .buildLegacy(blockhash),
        List.of(payer));
  }
}
