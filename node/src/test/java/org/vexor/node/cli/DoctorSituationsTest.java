package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.node.Main;
import org.vexor.testkit.net.RequiresRoot;

/// `vexor doctor --json` in processes that lack something, each named.
@RequiresRoot
final class DoctorSituationsTest {
  /// @param before programs that take something away from the one that they start
  private static JsonNode doctor(List<String> before, String main, String... first)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path", ""),
            main));
    command.addAll(Arrays.asList(first));
    command.addAll(List.of("doctor", "--json", "--interface", "lo"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    assertTrue(exitCode == 0 || exitCode == 1, "exit code " + exitCode + ": " + out);
    return new ObjectMapper().readTree(out);
  }

  private static String state(JsonNode diagnosis, String topic) {
    return DoctorCommandTest.find(diagnosis, topic).orElseThrow().path("state").asText();
  }

  private static String fact(JsonNode diagnosis, String topic) {
    return DoctorCommandTest.find(diagnosis, topic).orElseThrow().path("fact").asText();
  }

  private static JsonNode attempt(JsonNode diagnosis) {
    return diagnosis.path("attempts").path(0);
  }

  @Test
  void eachMissingCapabilityIsNamedAndDecides() throws Exception {
    for (String name : List.of("net_raw", "ipc_lock")) {
      JsonNode found =
          doctor(
              List.of("prlimit", "--memlock=65536", "setpriv", "--bounding-set=-" + name),
              Main.class.getName());
      boolean memory = name.equals("ipc_lock");
      assertEquals(memory ? "ok" : "problem", state(found, "capabilities"));
      assertEquals(memory ? "problem" : "ok", state(found, "memlock"));
      assertEquals("AF_XDP", attempt(found).path("backend").asText());
      assertFalse(attempt(found).path("open").asBoolean(), found::toString);
      String outcome = attempt(found).path("outcome").asText();
      assertTrue(outcome.contains(memory ? "CAP_IPC_LOCK" : "lacks CAP_NET_RAW"), outcome);
      assertFalse(attempt(found).path("remedy").asText().isEmpty());
    }
  }

  @Test
  void aProcessWithoutAnyCapabilityGetsACommandToPaste() throws Exception {
    // Root without its privileges: what it may read is still root's, as the test's class path is.
    JsonNode found =
        doctor(List.of("setpriv", "--securebits=+noroot", "--inh-caps=-all"), Main.class.getName());
    JsonNode finding = DoctorCommandTest.find(found, "capabilities").orElseThrow();
    assertEquals(
        "AF_XDP cannot be used: missing CAP_NET_RAW, CAP_NET_ADMIN, CAP_BPF",
        finding.path("meaning").asText());
    JsonNode remedy = finding.path("remedies").path(0);
    assertEquals("command", remedy.path("kind").asText());
    assertTrue(remedy.path("paste").asText().contains("setcap "), remedy::toString);
    assertTrue(remedy.path("undo").asText().contains("setcap -r "), remedy::toString);
  }

  @Test
  void aFilterThatRefusesIsToldFromAMissingCapability() throws Exception {
    JsonNode found = doctor(List.of(), RefusedCalls.class.getName(), "BPF=1,IO_URING_SETUP=38");
    assertEquals("ok", state(found, "capabilities"));
    assertEquals("problem", state(found, "seccomp"));
    String fact = fact(found, "seccomp");
    assertTrue(fact.contains("bpf() failed: EPERM though"), fact);
    assertTrue(fact.contains("io_uring_setup() failed: ENOSYS"), fact);
    assertEquals("problem", state(found, "bpf_program"));
    assertEquals("problem", state(found, "io_uring"));
    assertEquals("UDP", found.path("backend").asText());
  }

  @Test
  void aFilterThatKillsIsFoundOutByAChildAndNotTried() throws Exception {
    JsonNode found =
        doctor(List.of(), RefusedCalls.class.getName(), "BPF=kill,IO_URING_ENTER=kill");
    String fact = fact(found, "seccomp");
    assertTrue(fact.contains("kills the process for bpf() (SIGSYS)"), fact);
    assertTrue(fact.contains("kills the process for io_uring_enter() (SIGSYS)"), fact);
    assertEquals("UDP", found.path("backend").asText());
  }
}
