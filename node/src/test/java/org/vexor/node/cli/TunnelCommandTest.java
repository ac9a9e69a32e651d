package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TunnelCommandTest {
  @Test
  void opensItsPortsAndSaysThatTheProxyCannotBeReached() {
    CliRun run =
        CliRun.of(
            "tunnel",
            "udp",
            "--proxy",
            "127.0.0.1:9",
            "--http",
            "1.1",
            "--target",
            "192.0.2.1:53",
            "--listen",
            "127.0.0.1:0",
            "--target",
            "[2001:db8::1]:53",
            "--listen",
            "127.0.0.1:0",
            "--seconds",
            "1",
            "--status-socket",
            "none");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains(" leads to 192.0.2.1:53 by 127.0.0.1:9"), run.out());
    assertTrue(run.out().contains(" leads to [2001:db8::1]:53"), run.out());
    assertTrue(run.out().contains("proxy unreachable: "), run.out());
    assertTrue(run.out().contains("payloads_out"), run.out());
  }

  @Test
  void whatIsWrongIsOneLineWithoutSecrets() {
    String[][] wrong = {
      {},
      {"--target", "192.0.2.1:53"},
      {"--target", "nowhere", "--listen", "127.0.0.1:0"},
      {"--target", "192.0.2.1:53", "--listen", "nowhere"},
      {"--target", "192.0.2.1:53", "--listen", "127.0.0.1:0", "--ca", "/absent.pem"},
      {"--target", "192.0.2.1:53", "--listen", "127.0.0.1:0", "--auth", "hunter2"},
      {"--target", "192.0.2.1:53", "--listen", "127.0.0.1:0", "--http", "4"},
      {"--target", "192.0.2.1:53", "--listen", "127.0.0.1:0", "--tunnels", "0"},
      {"--target", "192.0.2.1:53", "--listen", "192.0.2.9:0"},
    };
    for (String[] arguments : wrong) {
      var command = new ArrayList<>(List.of("tunnel", "udp", "--proxy", "127.0.0.1:9"));
      command.addAll(List.of("--seconds", "1", "--status-socket", "none"));
      command.addAll(List.of(arguments));
      CliRun run = CliRun.of(command.toArray(String[]::new));
      assertEquals(2, run.exitCode(), command + ": " + run.err());
      assertEquals(1, run.errLines().size(), run.err());
      assertFalse(run.err().contains("hunter2"), run.err());
    }
  }
}
