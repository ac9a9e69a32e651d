package org.vexor.linux.bpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

@RequiresRoot
final class BpfTest {
  private static final byte[] PASS = new Assembler().move(Register.R0, 2).exit().assemble();

  @Test
  void mapKeepsWhatIsPut() {
    try (BpfMap map = BpfMap.create(BpfMap.Type.HASH, 2, 3, 2, "test_hash")) {
      byte[] key = {1, 2};
      assertTrue(map.get(key).isEmpty());
      map.put(key, new byte[] {7, 8, 9});
      assertArrayEquals(new byte[] {7, 8, 9}, map.get(key).orElseThrow());
      assertTrue(map.remove(key));
      assertFalse(map.remove(key));
      map.put(new byte[] {1, 1}, new byte[3]);
      map.put(new byte[] {1, 2}, new byte[3]);
      KernelException full =
          assertThrows(KernelException.class, () -> map.put(new byte[] {1, 3}, new byte[3]));
      assertEquals(Errno.E2BIG, full.errno());
      assertThrows(IllegalArgumentException.class, () -> map.remove(new byte[3]));
    }
  }

  @Test
  void arrayStartsWithZeroes() {
    try (BpfMap map = BpfMap.create(BpfMap.Type.ARRAY, 4, 4, 8, "test_array")) {
      assertArrayEquals(new byte[4], map.get(new byte[4]).orElseThrow());
      map.put(7, 0x01020304);
      assertArrayEquals(new byte[] {4, 3, 2, 1}, map.get(new byte[] {7, 0, 0, 0}).orElseThrow());
    }
  }

  @Test
  void programIsVerifiedRunAndDescribed() {
    try (BpfProgram program = BpfProgram.loadXdp("test_pass", PASS, false);
        TestRunner runner = new TestRunner(program)) {
      assertEquals(2, runner.run(new byte[64], 64));
      assertEquals(-Errno.EINVAL, runner.run(new byte[64], 13));
      ProgramInfo info = program.info();
      assertEquals("test_pass", info.name());
      assertEquals(Optional.of(info), ProgramInfo.byId(info.id()));
    }
  }

  @Test
  void refusalCarriesTheVerifiersLog() {
    byte[] reading = new Assembler().load32(Register.R0, Register.R0, 0).exit().assemble();
    KernelException e =
        assertThrows(KernelException.class, () -> BpfProgram.loadXdp("test_bad", reading, false));
    assertTrue(e.toString().contains("R0 !read_ok"), e.toString());
  }

  @Test
  void linkAttachesUntilItIsClosed() {
    try (VirtualHosts hosts = VirtualHosts.create("linux-xdp");
        BpfProgram program = BpfProgram.loadXdp("test_pass", PASS, false);
        BpfProgram second = BpfProgram.loadXdp("test_second", PASS, false);
        var _ = NetworkNamespace.enter(hosts.left().path())) {
      int index = hosts.left().interfaceIndex();
      int id = program.info().id();
      for (XdpMode mode : new XdpMode[] {XdpMode.NATIVE, XdpMode.GENERIC}) {
        assertEquals(Optional.empty(), AttachedXdp.query(index));
        try (XdpLink _ = XdpLink.attach(program, index, mode)) {
          assertEquals(Optional.of(new AttachedXdp(mode, id)), AttachedXdp.query(index));
          for (XdpMode other : new XdpMode[] {XdpMode.NATIVE, XdpMode.GENERIC}) {
            KernelException e =
                assertThrows(KernelException.class, () -> XdpLink.attach(second, index, other));
            assertEquals(mode == other ? Errno.EBUSY : Errno.EEXIST, e.errno());
            assertTrue(e.toString().contains("program id " + id + " (test_pass)"), e.toString());
          }
        }
      }
      assertEquals(Optional.empty(), AttachedXdp.query(index));
      KernelException gone =
          assertThrows(KernelException.class, () -> AttachedXdp.query(0x7fff_0000));
      assertEquals(Errno.ENODEV, gone.errno());
    }
  }

  @Test
  void nativeModeIsRefusedWithTheRemedyWhereItCannotBe() {
    var jumbo = VirtualHosts.Options.standard().withMtu(9000);
    try (VirtualHosts hosts = VirtualHosts.create("linux-xdp", jumbo);
        BpfProgram program = BpfProgram.loadXdp("test_pass", PASS, false);
        var _ = NetworkNamespace.enter(hosts.left().path())) {
      int index = hosts.left().interfaceIndex();
      KernelException large =
          assertThrows(KernelException.class, () -> XdpLink.attach(program, index, XdpMode.NATIVE));
      assertEquals(Errno.ERANGE, large.errno());
      KernelException loopback =
          assertThrows(KernelException.class, () -> XdpLink.attach(program, 1, XdpMode.NATIVE));
      assertEquals(Errno.EOPNOTSUPP, loopback.errno());
    }
  }
}
