package org.vexor.packet.xdp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.netlink.NetdevFeatures;

final class ModePolicyTest {
  private static final NetdevFeatures ALL = new NetdevFeatures(0x7f, 0, 0);
  private static final NetdevFeatures NO_REDIRECT = new NetdevFeatures(1, 0, 0);

  @Test
  void zeroCopyIsTakenUnaskedOnlyWhereItHasProvenItself() {
    List<ModePlan> cautious = List.of(ModePlan.NATIVE_COPY, ModePlan.GENERIC_COPY);
    for (String driver : new String[] {"ixgbe", "ice", "i40e", "veth", ""}) {
      assertEquals(cautious, ModePolicy.automatic(driver, "6.18.1", Optional.of(ALL)));
    }
    assertEquals(cautious, ModePolicy.automatic("mlx5_core", "6.0.9", Optional.of(ALL)));
    assertEquals(
        ModePlan.NATIVE_ZERO_COPY,
        ModePolicy.automatic("mlx5_core", "6.1.0-13-amd64", Optional.of(ALL)).getFirst());
    assertEquals(cautious, ModePolicy.automatic("veth", "5.15.0", Optional.empty()));
    assertEquals(
        List.of(ModePlan.GENERIC_COPY),
        ModePolicy.automatic("e1000", "6.18.1", Optional.of(NO_REDIRECT)));
  }

  @Test
  void whatIsAskedForIsAllThatIsTried() {
    assertEquals(
        List.of(ModePlan.NATIVE_ZERO_COPY), ModePolicy.plans(DeviceMode.ZERO_COPY, "veth", 1));
    assertEquals(List.of(ModePlan.NATIVE_COPY), ModePolicy.plans(DeviceMode.NATIVE, "veth", 1));
    assertEquals(List.of(ModePlan.GENERIC_COPY), ModePolicy.plans(DeviceMode.GENERIC, "veth", 1));
  }

  @Test
  void versionsOfKernelsAreCompared() {
    assertTrue(ModePolicy.isAtLeast("6.1", 6, 1));
    assertTrue(ModePolicy.isAtLeast("10.0.3", 6, 1));
    assertFalse(ModePolicy.isAtLeast("5.19.0", 6, 1));
    assertFalse(ModePolicy.isAtLeast("", 6, 1));
    assertFalse(ModePolicy.isAtLeast("unknown", 6, 1));
  }

  @Test
  void aRefusalOfTheDriverLeadsToTheNextModeAndNoOtherDoes() {
    var plans = new Plans(List.of(ModePlan.NATIVE_COPY, ModePlan.GENERIC_COPY));
    assertFalse(plans.fallBack(refusal(Errno.EPERM)));
    assertFalse(plans.fallBack(refusal(Errno.EBUSY)));
    assertEquals(ModePlan.NATIVE_COPY, plans.current());
    assertTrue(plans.fallBack(refusal(Errno.EOPNOTSUPP)));
    assertEquals(ModePlan.GENERIC_COPY, plans.current());
    assertFalse(plans.fallBack(refusal(Errno.ERANGE)), "all were tried");
    assertEquals(ModePlan.NATIVE_COPY, plans.current());
  }

  private static KernelException refusal(int errno) {
    return new KernelException("bind", errno, "a test", "");
  }
}
