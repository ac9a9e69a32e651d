package org.vexor.packet.uring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.vexor.linux.uring.UringProbe;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;

/// Engines for the contracts, where the kernel has io_uring and lets this process use it.
final class Uring {
  private Uring() {}

  static PacketEngine engine(EngineOptions options) {
    UringProbe probe = UringProbe.run();
    assumeTrue(probe instanceof UringProbe.Supported, probe::toString);
    return new UringEngine(options);
  }
}
