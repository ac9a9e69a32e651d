package org.vexor.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@RequiresRoot
final class VirtualHostsTest {
  @Test
  void hostsReachEachOtherAndAreGoneAfterwards() {
    Path left;
    VirtualHosts hosts = VirtualHosts.create("testkit");
    try (hosts) {
      left = hosts.left().path();
      assertTrue(Files.exists(left));
      assertEquals(6, hosts.left().mac().length);
      assertTrue(hosts.right().interfaceIndex() > 0);
      hosts.left().run("ping", "-c", "1", "-W", "5", hosts.right().ipv4());
      hosts.right().run("ping", "-c", "1", "-W", "5", hosts.left().ipv6());
    }
    hosts.close();
    assertFalse(Files.exists(left));
  }

  @Test
  void cableIsAsAsked() {
    var options = VirtualHosts.Options.standard().withQueues(2).withMtu(1400);
    try (VirtualHosts hosts = VirtualHosts.create("testkit", options)) {
      assertTrue(hosts.left().ip("link", "show", "v0").contains("mtu 1400"));
      hosts.left().run("test", "-d", "/sys/class/net/v0/queues/rx-1");
      assertTrue(hosts.left().run("ethtool", "-k", "v0").contains("tx-checksumming: off"));
    }
  }

  @Test
  void failedCommandTellsWhatItSaid() {
    try (VirtualHosts hosts = VirtualHosts.create("testkit")) {
      var e =
          assertThrows(
              IllegalStateException.class, () -> hosts.left().ip("link", "show", "nothing"));
      assertTrue(e.toString().contains("nothing"), e.toString());
    }
  }
}
