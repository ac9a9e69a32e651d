package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.bootstrap.IpEchoServer;
import org.vexor.node.localnet.RunningLocalnet;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;

/// `vexor send` into a localnet.
final class SendCommandTest {
  private static Transaction transfer(Hash blockhash) {
    TransactionSigner payer = TransactionSigner.of(Keypair.generate());
    return Transaction.sign(
        new MessageBuilder(payer.pubkey())
            .add(SystemProgram.transfer(payer.pubkey(), payer.pubkey(), 1))
            .buildLegacy(blockhash),
        List.of(payer));
  }

  private static Hash blockhash(RunningLocalnet cluster) throws Exception {
    try (RpcClient client = new RpcClient(cluster.url(), Duration.ofSeconds(10))) {
      return new ClusterRpc(client).latestBlockhash().blockhash();
    }
  }

  @Test
  void byGossipAloneItReachesAllWhoVoteAndDoesNotClaimMore() throws Exception {
    try (RunningLocalnet cluster = new RunningLocalnet();
        IpEchoServer _ =
            IpEchoServer.start(
                cluster.localnet().entrypoint(), cluster.localnet().cluster().shredVersion())) {
      cluster.awaitBlock();
      Transaction transfer = transfer(blockhash(cluster));
      Signature signature = transfer.signatures().getFirst();
      CliRun run =
          CliRun.of(
              "send",
              "--entrypoint",
              cluster.localnet().entrypoint().toString(),
              Base64.getEncoder().encodeToString(transfer.toByteArray()));
      assertEquals(1, run.exitCode(), () -> run.out() + run.err());
      assertEquals(
          3,
          run.out().lines().filter(line -> line.startsWith("acknowledged ")).count(),
          () -> run.out() + run.err());
      assertTrue(run.err().contains("whether they are in a block nobody tells"), run.err());
      cluster.awaitBlockWith(signature);
    }
  }

  @Test
  void saysWhatItNeeds() {
    CliRun run =
        CliRun.of("send", Base64.getEncoder().encodeToString(transfer(Hash.ZERO).toByteArray()));
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of("vexor: which cluster? Give --rpc URL, or --entrypoint HOST:PORT of its gossip"),
        run.errLines());
  }
}
