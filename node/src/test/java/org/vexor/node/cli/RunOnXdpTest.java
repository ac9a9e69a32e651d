package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.node.MadeCapture;
import org.vexor.node.VexorProcess;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// `vexor run` on AF_XDP in one host, `vexor shreds replay` in another.
@RequiresRoot
final class RunOnXdpTest {
  private static final int SLOTS = 40;

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

  /// As fast as the sender can, into a JVM that has just started: what is not kept is named.
  @Test
  void everyDatagramSentAtFullSpeedIsAccountedFor() throws Exception {
    MadeCapture made = MadeCapture.write(temporary.resolve("made.bin"), 2 * SLOTS);
    try (VirtualHosts hosts = VirtualHosts.create("vxrun");
        VexorProcess node = node(hosts, made)) {
      node.awaitErr(line -> line.startsWith("  driver "));
      replay(hosts, made, "0");
      node.await(() -> offered() == made.shreds());
      node.terminate();
      long reached = first("datagrams (\\d+) = .*", node).orElseThrow();
      long lost = first("lost before that: (\\d+) .*", node).orElse(0);
      assertEquals(made.shreds(), reached + lost, node.err().toString());
    }
  }

  /// Delivered and lost together, as the node counts them so far.
  private long offered() {
    try {
      JsonNode engine = status().path("engine");
      long lost = engine.path("drops").valueStream().mapToLong(JsonNode::asLong).sum();
      return engine.path("totals").path("received_packets").asLong() + lost;
    } catch (Exception e) {
      throw new AssertionError("no status", e);
    }
  }

  private static OptionalLong first(String pattern, VexorProcess node) {
    return node.err().stream()
        .map(Pattern.compile(pattern)::matcher)
        .filter(Matcher::matches)
        .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
        .findFirst();
  }

  @Test
  void aLostInterfaceIsSaidAndSoIsItsReturn() throws Exception {
    MadeCapture made = MadeCapture.write(temporary.resolve("made.bin"), SLOTS);
    try (VirtualHosts hosts = VirtualHosts.create("vxrun");
        VexorProcess node = node(hosts, made)) {
      node.awaitErr(line -> line.startsWith("  driver "));
      hosts.right().ip("link", "set", "v0", "down");
      String lost = node.awaitErr(line -> line.startsWith("TVU now on "));
      assertTrue(lost.contains("not AF_XDP, interface v0 is down"), lost);
      JsonNode status = status();
      assertEquals("off", component(status, "AF_XDP").path("state").asText());
      assertEquals("interface v0 is down", component(status, "AF_XDP").path("why").asText());
      assertEquals("degraded", component(status, "TVU").path("state").asText());
      hosts.right().ip("link", "set", "v0", "up");
      node.awaitErr(line -> line.startsWith("TVU now on AF_XDP"));
      assertEquals("ready", component(status(), "TVU").path("state").asText());
      replay(hosts, made, "20000");
      node.await(() -> node.out().size() == SLOTS);
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

  /// From the other host, on this thread.
  private static void replay(VirtualHosts hosts, MadeCapture made, String rate) {
    try (var _ = NetworkNamespace.enter(hosts.left().path())) {
      String to = hosts.right().ipv4() + ":9004";
      String file = made.file().toString();
      CliRun run = CliRun.of("shreds", "replay", file, "--to", to, "--rate", rate);
      assertEquals(0, run.exitCode(), run.err());
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
