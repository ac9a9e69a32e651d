package org.vexor.node.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.resolve.SystemResolver;
import org.vexor.masque.proxy.tunnel.AccessLog;

@EnabledOnOs(OS.LINUX)
final class ProxyReloadTest {
  @TempDir private Path folder;
  private long changes;

  private Path write(String more) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("vexor.toml"),
            "[proxy]\nlisten = \"127.0.0.1:0\"\nself_signed = \"" + folder + "\"\n" + more);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(++changes)));
  }

  @Test
  void whatCanChangeDoesAndTheRestIsNamed() throws Exception {
    Path file = write("");
    ProxyConfig started = ProxyConfig.read(file);
    try (MasqueProxy proxy =
        MasqueProxy.start(
            ProxySetup.options(started),
            ProxySetup.settings(started),
            new SystemResolver(Duration.ofSeconds(1), 1),
            AccessLog.NONE)) {
      var reload = new ProxyReload(proxy, started, () -> ProxyConfig.read(file), List.of(file));
      assertEquals(Optional.empty(), reload.look());

      write("allow = [\"10.0.0.0/8\"]\n[proxy.limits]\ntunnels = 7\n");
      assertEquals("settings reloaded; tunnels go on", reload.look().orElseThrow());
      assertEquals(List.of(Rule.parse("10.0.0.0/8")), proxy.settings().policy().allow());
      assertEquals(7, proxy.settings().limits().tunnels());
      assertEquals(Optional.empty(), reload.look());

      write("cores = 3\nname = \"other\"\n");
      String told = reload.look().orElseThrow();
      assertTrue(told.endsWith("these take a restart: cores, name"), told);

      write("alow = []\n");
      assertTrue(reload.look().orElseThrow().contains("did you mean 'allow'?"));
      assertEquals(List.of(), proxy.settings().policy().allow(), "the old settings hold");

      reload.ask();
      assertTrue(reload.look().isPresent(), "asked for without a change");
    }
  }
}
