package org.vexor.node.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.node.config.ConfigException;

final class ProxyConfigTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("vexor.toml"), text);
  }

  @Test
  void everythingCanBeSaidInAFile() throws Exception {
    ProxyConfig config =
        ProxyConfig.read(
            file(
                """
                [proxy]
                listen = "[::1]:4443"
                self_signed = "/tmp/pki"
                auth = "/etc/vexor/clients"
                allow = ["10.0.0.0/8:53"]
                deny = ["*:25"]
                transports = ["udp"]
                cores = 2
                packet_bytes = 1452
                drain_seconds = 1.5
                log_targets = true

                [proxy.limits]
                tunnels = 7
                idle_seconds = 120
                """));
    assertEquals(Optional.of("[::1]:4443"), config.listen());
    assertEquals(List.of(Rule.parse("10.0.0.0/8:53")), config.allow());
    assertEquals(List.of(Rule.parse("*:25")), config.deny());
    assertEquals(Set.of(Transport.UDP), config.transports());
    assertEquals(2, config.cores());
    assertEquals(Duration.ofMillis(1_500), config.drain());
    assertEquals(7, config.limits().tunnels());
    assertEquals(Duration.ofMinutes(2), config.limits().idleTime());
    assertEquals(ProxyLimits.DEFAULT.connections(), config.limits().connections());
  }

  @Test
  void whatIsNotSaidIsTheDefault() throws Exception {
    assertEquals(ProxyConfig.DEFAULT, ProxyConfig.read(file("[run]\nshred_version = 1\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [proxy]\\nlissten = "a"               | did you mean 'listen'?
          [proxy.limits]\\ntunnel = 1           | did you mean 'tunnels'?
          [proxy]\\nlisten = 5                  | proxy.listen is not a text
          [proxy]\\ncores = -1                  | proxy.cores is not a whole number
          [proxy]\\nallow = "10.0.0.0/8"        | proxy.allow is not a list
          [proxy]\\nallow = [7]                 | proxy.allow is not a list
          [proxy]\\nallow = ["10.0.0.1/8"]      | bits set beyond
          [proxy]\\ntransports = ["sctp"]       | neither udp nor tcp
          [proxy]\\nlog_targets = 1             | not true or false
          [proxy.limits]\\nidle_seconds = 5     | 120 s
          [proxy.limits]\\ntunnels = 0          | tunnels must be positive
          proxy = 3                             | write [proxy]
          [proxy                                | line 1
          """)
  void whatIsWrongIsToldWithItsPlace(String text, String told) throws Exception {
    Path file = file(text.replace("\\n", "\n"));
    var refused = assertThrows(ConfigException.class, () -> ProxyConfig.read(file));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(told) && message.contains("vexor.toml"), message);
  }
}
