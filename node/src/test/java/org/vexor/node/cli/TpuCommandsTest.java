package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.KeypairFile;

/// `vexor tpu send` into `vexor tpu serve`.
final class TpuCommandsTest {
  @TempDir private Path folder;

  private static int freePort() throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void whatIsSentIsServedAndBothSayHowMuch() throws Exception {
    Path client = folder.resolve("client.json");
    Pubkey key = KeypairFile.generate(client, false).publicKey();
    Path server = folder.resolve("server.json");
    Pubkey serverKey = KeypairFile.generate(server, false).publicKey();
    Path stakes = Files.writeString(folder.resolve("stakes"), "# one\n" + key + " 1000\n");
    String address = "127.0.0.1:" + freePort();
    var serving =
        CompletableFuture.supplyAsync(
            () ->
                CliRun.of(
                    "tpu",
                    "serve",
                    "--bind",
                    address,
                    "--identity",
                    server.toString(),
                    "--stakes",
                    stakes.toString(),
                    "--seconds",
                    "5",
                    "--json",
                    "--v1"));
    CliRun sent =
        CliRun.of(
            "tpu",
            "send",
            "--to",
            serverKey + "@" + address,
            "--identity",
            client.toString(),
            "--count",
            "300",
            "--rate",
            "1000",
            "--size",
            "1500",
            "--json");
    assertEquals(0, sent.exitCode(), sent.out() + sent.err());
    assertTrue(sent.out().contains("\"acknowledged\":300"), sent.out());
    CliRun served = serving.get(30, TimeUnit.SECONDS);
    assertEquals(0, served.exitCode(), served.err());
    assertTrue(served.out().contains("\"staked\":1"), served.out());
    assertTrue(served.out().contains("\"received\":300"), served.out());
  }

  @Test
  void whatIsWrongIsOneLine() throws Exception {
    Path stakes = Files.writeString(folder.resolve("stakes"), "not a key\n");
    String[][] wrong = {
      {"send", "--to", "nowhere"},
      {"send", "--to", "127.0.0.1:9009", "--count", "0"},
      {"send", "--to", "xyz@127.0.0.1:9009"},
      {"send", "--to", "127.0.0.1:9009", "--size", "5000"},
      {"send", "--to", "127.0.0.1:9009", "--identity", folder.resolve("absent").toString()},
      {"serve", "--bind", "127.0.0.1"},
      {"serve", "--bind", "127.0.0.1:0", "--stakes", stakes.toString()},
      {},
    };
    for (String[] arguments : wrong) {
      var all = new String[arguments.length + 1];
      all[0] = "tpu";
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      CliRun run = CliRun.of(all);
      assertEquals(2, run.exitCode(), String.join(" ", all));
      assertTrue(run.err().startsWith("vexor"), run.err());
    }
  }
}
