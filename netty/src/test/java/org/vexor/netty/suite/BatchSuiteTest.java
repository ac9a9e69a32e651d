package org.vexor.netty.suite;

import org.vexor.packet.PacketEngine;
import org.vexor.packet.batch.BatchEngine;

final class BatchSuiteTest extends DatagramSuite {
  @Override
  PacketEngine engine() {
    return new BatchEngine(OPTIONS);
  }
}
