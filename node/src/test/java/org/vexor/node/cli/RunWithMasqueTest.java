package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.node.VexorProcess;

@EnabledOnOs(OS.LINUX)
final class RunWithMasqueTest {
  @TempDir private Path folder;

  private static VexorProcess run(String... more) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--shred-version",
                "1",
                "--tvu-bind",
                "127.0.0.1:0",
                "--backend",
                "udp",
                "--status-socket",
                "none"));
    arguments.addAll(List.of(more));
    return VexorProcess.start(arguments.toArray(String[]::new));
  }

  private static List<String> threads(VexorProcess process) throws IOException {
    var names = new ArrayList<String>();
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        names.add(Files.readString(task.resolve("comm")).strip());
      }
    }
    return names;
  }

  private static long sockets(VexorProcess process) throws IOException {
    long count = 0;
    Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(open)) {
      for (Path each : all) {
        count += Files.readSymbolicLink(each).toString().startsWith("socket:") ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void withoutTheFlagsNothingIsOpenedAndWithThemTheProxyIsTriedFor() throws Exception {
    try (VexorProcess without = run();
        VexorProcess with =
            run(
                "--enable-masque",
                "--masque-proxy-host",
                "127.0.0.1",
                "--masque-proxy-port",
                "9")) {
      String _ = without.awaitErr(line -> line.startsWith("leader signatures are NOT checked"));
      String line = with.awaitErr(each -> each.startsWith("MASQUE proxy 127.0.0.1:9 unreachable"));
      assertTrue(line.endsWith("; going on without it"), line);
      List<String> none = threads(without);
      assertTrue(none.stream().noneMatch(name -> name.startsWith("masque")), none::toString);
      assertEquals(1, sockets(without), "the TVU port alone");
      assertTrue(threads(with).stream().anyMatch(name -> name.startsWith("masque")));
      assertEquals(128 + 15, without.terminate());
      assertEquals(128 + 15, with.terminate());
      assertTrue(without.err().stream().noneMatch(each -> each.contains("MASQUE")));
    }
  }

  @Test
  void aRequiredProxyThatCannotBeReachedIsOneLineAndTheEnd() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("vexor.toml"),
            """
            [masque]
            enabled = true
            proxy_host = "127.0.0.1"
            proxy_port = 9
            http = ["2"]
            policy = "require"
            """);
    try (VexorProcess required = run("--config", file.toString())) {
      assertEquals(2, required.awaitEnd());
      List<String> said = required.err().stream().filter(line -> line.contains("MASQUE")).toList();
      assertEquals(1, said.size(), said::toString);
      assertTrue(
          said.getFirst().startsWith("vexor: the MASQUE proxy is required, and unreachable"));
    }
  }
}
