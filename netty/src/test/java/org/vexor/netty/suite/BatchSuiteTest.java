package org.vexor.netty.suite;

import org.vexor.packet.batch.BatchEngine;

final class BatchSuiteTest extends DatagramSuite {
  @Override
  Loops servers() {
    return new Loops(() -> new BatchEngine(OPTIONS));
  }
}
