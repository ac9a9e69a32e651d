package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.node.VexorProcess;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// A sender on one host; a leader, a proxy, and a wall between the sender and the leader on
/// another.
@RequiresRoot
final class SendThroughWallTest {
  private static final int LEADER = 22_009;
  private static final int PROXY = 22_443;
  private static final int COUNT = 1_500;

  @TempDir private Path folder;

  private static VexorProcess at(VirtualHosts.Host host, String... arguments) throws Exception {
    return VexorProcess.startBehind(List.of("ip", "netns", "exec", host.namespace()), arguments);
  }

  private static void wall(VirtualHosts hosts) {
    VirtualHosts.Host host = hosts.right();
    host.run("nft", "add", "table", "inet", "wall");
    host.run("nft", "add chain inet wall in { type filter hook input priority 0; }");
    host.run(
        "nft",
        "add rule inet wall in ip saddr "
            + hosts.left().ipv4()
            + " udp dport "
            + LEADER
            + " counter drop");
  }

  @Test
  void goesOverToTheTunnelByItselfAndBackWhenTheWayIsFree() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nft")), "nft is not installed");
    try (VirtualHosts hosts = VirtualHosts.create("vxwall");
        VexorProcess leader =
            at(
                hosts.right(),
                "tpu",
                "serve",
                "--backend",
                "udp", // a wall in the kernel is passed by AF_XDP
                "--bind",
                hosts.right().ipv4() + ":" + LEADER);
        VexorProcess proxy =
            at(
                hosts.right(),
                "proxy",
                "--listen",
                hosts.right().ipv4() + ":" + PROXY,
                "--self-signed",
                folder.toString(),
                "--auth",
                Files.writeString(folder.resolve("auth"), "basic alice secret\n").toString(),
                "--allow",
                hosts.right().ipv4() + "/32")) {
      wall(hosts);
      proxy.await(() -> proxy.out().stream().anyMatch(line -> line.startsWith("  allowed")));
      leader.await(() -> !leader.out().isEmpty() || !leader.err().isEmpty());
      try (VexorProcess sender = sender(hosts)) {
        String over = sender.awaitErr(line -> line.contains(": tunnel by 10.77.0.2:" + PROXY));
        assertTrue(over.contains("as direct failed"), over);
        hosts.right().run("nft", "delete", "table", "inet", "wall");
        sender.awaitErr(line -> line.endsWith(": direct, which is free again"));
        assertEquals(0, sender.awaitEnd(), () -> sender.out() + " " + sender.err());
        assertTrue(
            sender.out().contains("  delivered       " + COUNT), () -> sender.out().toString());
      }
    }
  }

  private VexorProcess sender(VirtualHosts hosts) throws Exception {
    return at(
        hosts.left(),
        "tpu",
        "send",
        "--backend",
        "udp",
        "--to",
        hosts.right().ipv4() + ":" + LEADER,
        "--count",
        Integer.toString(COUNT),
        "--rate",
        "150",
        "--enable-masque",
        "--masque-proxy-host",
        hosts.right().ipv4(),
        "--masque-proxy-port",
        Integer.toString(PROXY),
        "--masque-ca",
        folder.resolve("ca.pem").toString(),
        "--masque-auth",
        folder.resolve("auth").toString());
  }
}
