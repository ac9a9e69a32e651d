package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.node.localnet.RunningLocalnet;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.crypto.KeypairFile;

/// `vexor transfer` into a localnet.
final class TransferCommandTest {
  @TempDir private Path folder;

  private static Signature transfer(RunningLocalnet cluster, Path payer, Pubkey to) {
    CliRun run =
        CliRun.of(
            "transfer",
            "--rpc",
            cluster.url().toString(),
            "--ws",
            cluster.webSocket().toString(),
            "--identity",
            payer.toString(),
            "--to",
            to.toString(),
            "--lamports",
            "5");
    assertEquals(0, run.exitCode(), () -> run.out() + run.err());
    assertTrue(run.out().contains("1 transactions: 1 landed"), run.out());
    String line =
        run.out().lines().filter(each -> each.startsWith("signature ")).findFirst().orElseThrow();
    return Signature.fromBase58(line.substring("signature ".length()).strip());
  }

  @Test
  void twoAlikeAreTwoTransfers() throws Exception {
    Path payer = folder.resolve("payer.json");
    Keypair _ = KeypairFile.generate(payer, false);
    Pubkey to = Keypair.generate().publicKey();
    try (RunningLocalnet cluster = new RunningLocalnet()) {
      cluster.awaitBlock();
      Signature first = transfer(cluster, payer, to);
      Signature second = transfer(cluster, payer, to);
      assertNotEquals(first, second);
      assertTrue(cluster.localnet().view().slotOf(first).isPresent());
      assertTrue(cluster.localnet().view().slotOf(second).isPresent());
    }
  }
}
