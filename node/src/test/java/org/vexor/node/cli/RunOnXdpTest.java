package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.node.MadeCapture;
import org.vexor.node.VexorProcess;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// `vexor run` on AF_XDP in one host, `vexor shreds replay` in another.
@RequiresRoot
final class RunOnXdpTest {
  private static final int SLOTS = 60;

  @TempDir private Path temporary;

  @Test
  void blocksAreCompleteAccountsCloseAndStatusNamesAfXdp() throws Exception {
    MadeCapture made = MadeCapture.write(temporary.resolve("made.bin"), SLOTS);
    try (VirtualHosts hosts = VirtualHosts.create("vxrun");
        VexorProcess node = node(hosts, made)) {
      node.awaitErr(line -> line.startsWith("  driver "));
      assertEquals("TVU started with AF_XDP acceleration", node.err().getFirst());
      assertTrue(node.err().contains("  interface     v0, queue 0"), node.err().toString());
      replay(hosts, made, "20000");
      node.await(() -> node.out().size() == SLOTS);
      JsonNode status = status();
      assertEquals("ready", component(status, "AF_XDP").path("state").asText());
      assertEquals("ready", component(status, "TVU").path("state").asText());
      JsonNode engine = status.path("engine");
      assertEquals("AF_XDP", engine.path("backend").asText());
      assertEquals("v0", engine.path("device").path("interface").asText());
      assertEquals(made.shreds(), engine.path("totals").path("received_packets").asLong());
      node.terminate();
      String accounts = node.awaitErr(line -> line.startsWith("datagrams "));
      assertTrue(accounts.startsWith("datagrams " + made.shreds() + " = "), accounts);
      assertTrue(accounts.endsWith("+ dropped 0"), accounts);
      node.awaitErr(("blocks complete " + SLOTS + ", slots abandoned 0")::equals);
    }
  }

  private VexorProcess node(VirtualHosts hosts, MadeCapture made) throws Exception {
    Files.createDirectory(
        socket().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return VexorProcess.startBehind(
        List.of("ip", "netns", "exec", hosts.right().namespace()),
        "run",
        "--shred-version",
        Integer.toString(MadeCapture.VERSION),
        "--leader",
        made.leader(),
        "--tvu-bind",
        hosts.right().ipv4() + ":9004",
        "--threads",
        "dedicated",
        "--status-socket",
        socket().toString());
  }

  private Path socket() {
    return temporary.resolve("private").resolve("status.sock");
  }

  private static void replay(VirtualHosts hosts, MadeCapture made, String rate) throws Exception {
    try (VexorProcess replay =
        VexorProcess.startBehind(
            List.of("ip", "netns", "exec", hosts.left().namespace()),
            "shreds",
            "replay",
            made.file().toString(),
            "--to",
            hosts.right().ipv4() + ":9004",
            "--rate",
            rate)) {
      assertEquals(0, replay.awaitEnd(), replay.err().toString());
    }
  }

  private JsonNode status() throws Exception {
    CliRun run = CliRun.of("status", "--json", "--socket", socket().toString());
    assertEquals(0, run.exitCode(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  private static JsonNode component(JsonNode status, String name) {
    return status
        .path("components")
        .valueStream()
        .filter(row -> row.path("component").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
