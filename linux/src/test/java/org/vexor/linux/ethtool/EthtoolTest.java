package org.vexor.linux.ethtool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

final class EthtoolTest {
  private static final VirtualHosts.Options TWO_QUEUES =
      VirtualHosts.Options.standard().withQueues(2);

  @Test
  void loopbackHasNoDriverSettingsButFeatures() {
    try (Ethtool ethtool = Ethtool.open()) {
      assertEquals(Optional.empty(), ethtool.channels("lo"));
      assertEquals(Optional.empty(), ethtool.rings("lo"));
      assertEquals(0, ethtool.indirection("lo").length);
      assertTrue(ethtool.offloads("lo").size() > 30);
    }
  }

  @Test
  void interfaceThatIsNotThereIsNamed() {
    try (Ethtool ethtool = Ethtool.open()) {
      for (String name : new String[] {"nosuch0", "", "a-name-longer-than-15-characters"}) {
        KernelException e = assertThrows(KernelException.class, () -> ethtool.driver(name));
        assertEquals(Errno.ENODEV, e.errno());
        assertTrue(e.toString().contains("interface " + name), e::toString);
      }
    }
  }

  @Test
  @RequiresRoot
  void driverAndQueuesAreTold() {
    try (VirtualHosts hosts = VirtualHosts.create("linux-ethtool", TWO_QUEUES);
        var _ = NetworkNamespace.enter(hosts.left().path());
        Ethtool ethtool = Ethtool.open()) {
      DriverInfo driver = ethtool.driver("v0").orElseThrow();
      assertEquals("veth", driver.driver());
      assertFalse(driver.version().isEmpty());
      Channels channels = ethtool.channels("v0").orElseThrow();
      assertEquals(2, channels.receiveQueues());
      assertEquals(2, channels.transmitQueues());
      assertEquals(2, channels.maxReceive());
    }
  }

  @Test
  @RequiresRoot
  void offloadsAreThoseOfTheTool() {
    try (VirtualHosts hosts = VirtualHosts.create("linux-ethtool");
        var _ = NetworkNamespace.enter(hosts.left().path());
        Ethtool ethtool = Ethtool.open()) {
      // The tool lists some by older names of its own, in groups; those with the kernel's names
      // must all agree.
      int compared = 0;
      for (String line : hosts.left().run("ethtool", "-k", "v0").lines().toList()) {
        String[] parts = line.strip().split(":? +", -1);
        for (Offload offload : ethtool.offloads("v0")) {
          if (offload.name().equals(parts[0])) {
            assertEquals(parts[1].equals("on"), offload.active(), line);
            assertEquals(!line.contains("[fixed]"), offload.changeable(), line);
            compared++;
          }
        }
      }
      assertTrue(compared > 20, "compared " + compared);
      assertTrue(
          ethtool.offloads("v0").stream()
              .anyMatch(one -> one.name().equals("rx-udp-gro-forwarding") && one.changeable()));
    }
  }

  @Test
  @RequiresRoot
  void changedQueuesComeBack() {
    try (VirtualHosts hosts = VirtualHosts.create("linux-ethtool", TWO_QUEUES);
        var _ = NetworkNamespace.enter(hosts.left().path());
        Ethtool ethtool = Ethtool.open()) {
      Channels before = ethtool.channels("v0").orElseThrow();
      SettingChange<Channels> change = ethtool.changeChannels("v0", before.with(1, 1, 0));
      assertEquals(before, change.former());
      assertEquals(1, ethtool.channels("v0").orElseThrow().receiveQueues());
      change.close();
      assertEquals(before, ethtool.channels("v0").orElseThrow());
      // A second close leaves alone what was set since.
      hosts.left().run("ethtool", "-L", "v0", "rx", "1");
      change.close();
      assertEquals(1, ethtool.channels("v0").orElseThrow().receiveQueues());
      KernelException e =
          assertThrows(
              KernelException.class, () -> ethtool.changeChannels("v0", before.with(9, 9, 0)));
      assertEquals(Errno.EINVAL, e.errno());
    }
  }

  @Test
  void changeThatIsNotPossibleSaysWhy() {
    try (Ethtool ethtool = Ethtool.open()) {
      KernelException queues =
          assertThrows(
              KernelException.class,
              () -> ethtool.changeChannels("lo", new Channels(1, 1, 0, 1, 1, 0)));
      assertEquals(Errno.EOPNOTSUPP, queues.errno());
      KernelException rings =
          assertThrows(
              KernelException.class, () -> ethtool.changeRings("lo", new Rings(1, 1, 1, 1)));
      assertTrue(rings.toString().contains("ring sizes of lo"), rings::toString);
    }
  }

  @Test
  void ringSizesAndSpreadOfARealDeviceAreWithinItsLimits() {
    try (Ethtool ethtool = Ethtool.open()) {
      // Virtual devices have neither; the host's own card may.
      Optional<Rings> found =
          HostFiles.here().names("sys/class/net").stream()
              .flatMap(name -> ethtool.rings(name).stream())
              .findFirst();
      assumeTrue(found.isPresent(), "no interface of this host tells its ring sizes");
      Rings rings = found.get();
      assertTrue(rings.receive() > 0 && rings.receive() <= rings.maxReceive(), rings::toString);
      assertTrue(rings.transmit() > 0 && rings.transmit() <= rings.maxTransmit(), rings::toString);
      assertEquals(new Rings(rings.maxReceive(), rings.maxTransmit(), 7, 9), rings.with(7, 9));
      for (String name : HostFiles.here().names("sys/class/net")) {
        int queues = ethtool.channels(name).map(Channels::receiveQueues).orElse(Integer.MAX_VALUE);
        assertTrue(Arrays.stream(ethtool.indirection(name)).allMatch(q -> q >= 0 && q < queues));
      }
    }
  }
}
