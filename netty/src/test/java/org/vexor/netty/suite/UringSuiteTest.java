package org.vexor.netty.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.vexor.linux.uring.UringProbe;
import org.vexor.packet.uring.UringEngine;

final class UringSuiteTest extends DatagramSuite {
  @BeforeAll
  static void assumeThereIsOne() {
    var probe = UringProbe.run();
    assumeTrue(!(probe instanceof UringProbe.Unsupported), () -> "no io_uring here: " + probe);
  }

  @Override
  Loops servers() {
    return new Loops(() -> new UringEngine(OPTIONS));
  }
}
