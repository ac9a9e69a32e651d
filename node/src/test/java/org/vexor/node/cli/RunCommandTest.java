package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.node.MadeCapture;
import org.vexor.node.VexorProcess;

final class RunCommandTest {
  @TempDir private Path temporary;

  /// The whole program as its user sees it: start, shreds by a second command, status, end.
  @Test
  void receivesBlocksSaysHowItIsAndClosesItsAccounts() throws Exception {
    Path folder =
        Files.createDirectory(
            temporary.resolve("private"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    String socket = folder.resolve("status.sock").toString();
    MadeCapture made = MadeCapture.write(temporary.resolve("made.bin"), 5);
    try (VexorProcess node =
        VexorProcess.start(
            "run",
            "--shred-version",
            Integer.toString(MadeCapture.VERSION),
            "--leader",
            made.leader(),
            "--tvu-bind",
            "127.0.0.1:0",
            "--backend",
            "udp",
            "--threads",
            "dedicated",
            "--metrics",
            "0",
            "--status-socket",
            socket)) {
      String port = node.awaitErr(line -> line.startsWith("  port ")).strip().split(" +", -1)[1];
      CliRun replay =
          CliRun.of("shreds", "replay", made.file().toString(), "--to", port, "--rate", "20000");
      assertEquals(0, replay.exitCode(), replay.err());
      node.await(() -> node.out().size() == 5);
      JsonNode status = status(socket);
      CliRun text = CliRun.of("status", "--socket", socket);
      assertTrue(text.out().contains("not tried, udp was asked for"), text.out());
      String metrics = fetch(node.awaitErr(line -> line.startsWith("  metrics ")));
      assertTrue(metrics.contains("\nvexor_tvu_blocks_complete_total 5\n"), metrics);
      assertEquals(128 + 15, node.terminate());

      assertEquals("TVU started with UDP", node.err().getFirst());
      assertTrue(
          node.err().contains("  not AF_XDP    not tried, udp was asked for"), message(node));
      assertTrue(node.out().stream().allMatch(line -> line.contains(" complete: ")), message(node));
      assertEquals(
          List.of("AF_XDP off", "io_uring off", "UDP ready", "TVU ready"),
          status.path("components").valueStream().map(RunCommandTest::state).toList());
      assertEquals(
          made.shreds(), status.path("engine").path("totals").path("received_packets").asLong());
      String accounts = node.awaitErr(line -> line.startsWith("datagrams "));
      assertTrue(accounts.startsWith("datagrams " + made.shreds() + " = kept "), accounts);
      assertTrue(accounts.endsWith("+ dropped 0"), accounts);
      assertTrue(Files.notExists(Path.of(socket)));
    }
  }

  private static JsonNode status(String socket) throws Exception {
    CliRun run = CliRun.of("status", "--json", "--socket", socket);
    assertEquals(0, run.exitCode(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  private static String fetch(String line) throws Exception {
    URI uri = URI.create(line.strip().split(" +", -1)[1]);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static String state(JsonNode component) {
    return component.path("component").asText() + " " + component.path("state").asText();
  }

  private static String message(VexorProcess node) {
    return node.out() + "\n" + node.err();
  }

  @Test
  void whatCannotBeDoneIsOneLine() {
    String[][] wrong = {
      {"--backend", "af_xdp", "--tvu-bind", "127.0.0.1:0"},
      {"--backend", "af_xdp", "--interface", "no-such-interface"},
      {"--backend", "quantum"},
      {"--xdp-mode", "fast"},
      {"--queues", "x"},
      {"--threads", "many"},
      {"--idle", "never"},
      {"--tvu-bind", "9004"},
      {"--leader", "x"},
    };
    for (String[] options : wrong) {
      var arguments = new String[options.length + 3];
      arguments[0] = "run";
      arguments[1] = "--shred-version";
      arguments[2] = "1";
      System.arraycopy(options, 0, arguments, 3, options.length);
      CliRun run = CliRun.of(arguments);
      assertEquals(2, run.exitCode(), run.err());
      assertEquals(1, run.errLines().size(), run.err());
      assertEquals("", run.out());
    }
  }

  @Test
  void aNodeThatDoesNotRunIsOneLine() {
    CliRun run = CliRun.of("status", "--socket", temporary.resolve("none.sock").toString());
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().contains("no node answers at"), run.err());
  }
}
