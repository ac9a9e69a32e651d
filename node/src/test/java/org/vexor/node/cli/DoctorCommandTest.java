package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {
  /// Names that scripts rely on.
  private static final List<String> TOPICS =
      List.of(
          "capabilities",
          "java_launcher",
          "container",
          "kernel",
          "af_xdp_socket",
          "bpf_program",
          "io_uring",
          "seccomp",
          "lockdown",
          "io_uring_disabled",
          "unprivileged_bpf_disabled",
          "bpf_jit_enable",
          "rmem_max",
          "memlock",
          "huge_pages",
          "cpu",
          "link",
          "driver",
          "xdp_program",
          "mtu",
          "queues",
          "rss",
          "offloads");

  static Optional<JsonNode> find(JsonNode diagnosis, String topic) {
    return StreamSupport.stream(diagnosis.path("findings").spliterator(), false)
        .filter(finding -> finding.path("topic").asText().equals(topic))
        .findFirst();
  }

  @Test
  void jsonHasEveryTopicAndAgreesWithTheText() throws Exception {
    CliRun run = CliRun.of("doctor", "--json", "--interface", "lo");
    assertEquals("", run.err());
    JsonNode json = new ObjectMapper().readTree(run.out());
    for (String topic : TOPICS) {
      JsonNode finding = find(json, topic).orElseThrow(() -> new AssertionError(topic));
      assertTrue(
          Set.of("ok", "warn", "problem", "unknown").contains(finding.path("state").asText()));
      assertTrue(!finding.path("fact").asText().isEmpty(), topic);
    }
    assertEquals(json.path("best").asBoolean() ? 0 : 1, run.exitCode());
    String backend = json.path("backend").asText();
    assertTrue(json.path("attempts").size() >= 2, run.out());
    String text = CliRun.of("doctor", "--interface", "lo").out();
    assertTrue(text.lines().anyMatch(line -> line.matches("  chosen +" + backend + " .*")), text);
  }

  @Test
  void fixScriptIsShAndNothingElse(@TempDir Path folder) throws Exception {
    CliRun run = CliRun.of("doctor", "--fix-script");
    assertTrue(run.out().startsWith("#!/bin/sh\n"), run.out());
    assertTrue(run.out().endsWith("\nexit $failed\n"), run.out());
    assertEquals("", run.err());
    Path script = Files.writeString(folder.resolve("fix.sh"), run.out());
    Process check = new ProcessBuilder("sh", "-n", script.toString()).inheritIO().start();
    assertEquals(0, check.waitFor());
  }

  @Test
  void anInterfaceThatIsGoneIsNamed() throws Exception {
    CliRun run = CliRun.of("doctor", "--json", "--interface", "gone7");
    assertEquals(1, run.exitCode());
    JsonNode finding = find(new ObjectMapper().readTree(run.out()), "interface").orElseThrow();
    assertEquals("there is no interface gone7", finding.path("fact").asText());
  }

  @Test
  void aProxyIsExaminedInsteadOfThisHost() throws Exception {
    CliRun text = CliRun.of("doctor", "--proxy", "nobody.invalid", "--http", "3,2");
    assertEquals(1, text.exitCode(), text.err());
    assertTrue(text.out().startsWith("proxy nobody.invalid\n  problem  dns "), text.out());
    assertTrue(text.out().contains("  not used HTTP/2 "), text.out());
    CliRun run = CliRun.of("doctor", "--proxy", "nobody.invalid", "--http", "3", "--json");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertTrue(!json.path("best").asBoolean() && json.path("http").isNull());
    assertEquals("dns", json.path("versions").path(0).path("obstacle").asText());
    assertEquals("problem", find(json, "dns").orElseThrow().path("state").asText());
  }

  @Test
  void aWrongCommandLineIsOneLine() {
    for (String[] wrong :
        List.of(
            new String[] {"doctor", "--echo", "127.0.0.1:7"},
            new String[] {"doctor", "--proxy", "127.0.0.1:9", "--echo", "nowhere"},
            new String[] {"doctor", "--proxy", "127.0.0.1:9", "--fix-script"},
            new String[] {"doctor", "--json", "--fix-script"},
            new String[] {"doctor", "--tvu-bind", "nowhere"},
            new String[] {"doctor", "--backend", "carrier-pigeon"})) {
      CliRun run = CliRun.of(wrong);
      assertEquals(2, run.exitCode(), run.err());
      assertEquals(1, run.errLines().size(), run.err());
      assertEquals("", run.out());
    }
  }
}
