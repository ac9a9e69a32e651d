package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProxyCommandTest {
  @TempDir private Path folder;

  @Test
  void printsItsTemplateAndItsCaAndEnds() {
    Path own = folder.resolve("own");
    CliRun run =
        CliRun.of(
            "proxy",
            "--listen",
            "127.0.0.1:0",
            "--self-signed",
            own.toString(),
            "--seconds",
            "1",
            "--status-socket",
            "none");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out().contains("/.well-known/masque/udp/{target_host}/{target_port}/"), run.out());
    assertTrue(run.out().contains(own.resolve("ca.pem").toString()), run.out());
    assertTrue(run.out().contains("tunnels_udp"), run.out());
    assertTrue(Files.exists(own.resolve("key.pem")));
  }

  @Test
  void whatIsWrongIsOneLine() throws Exception {
    Path config = Files.writeString(folder.resolve("vexor.toml"), "[proxy]\nlissten = \"x\"\n");
    Path auth = Files.writeString(folder.resolve("auth"), "basic bob\n");
    Path nobody = Files.writeString(folder.resolve("nobody"), "# none\n");
    String own = folder.resolve("own").toString();
    String here = "127.0.0.1:0";
    String[][] wrong = {
      {},
      {"--listen", "nowhere", "--self-signed", own},
      {"--listen", here},
      {"--listen", "0.0.0.0:0", "--self-signed", own},
      {"--listen", here, "--self-signed", own, "--allow", "10.0.0.1/8"},
      {"--listen", here, "--self-signed", own, "--auth", auth.toString()},
      {"--listen", here, "--self-signed", own, "--auth", nobody.toString()},
      {"--listen", here, "--cert", "/absent.pem", "--key", "/absent.pem"},
      {"--listen", here, "--self-signed", own, "--cores", "0"},
      {"--config", config.toString()},
      {"--config", folder.resolve("absent.toml").toString()},
    };
    for (String[] arguments : wrong) {
      var command = new ArrayList<>(List.of("proxy", "--seconds", "1"));
      command.addAll(List.of(arguments));
      CliRun run = CliRun.of(command.toArray(String[]::new));
      assertEquals(2, run.exitCode(), command + ": " + run.err());
      assertEquals(1, run.errLines().size(), run.err());
    }
  }
}
