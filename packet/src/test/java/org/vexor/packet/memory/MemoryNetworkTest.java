package org.vexor.packet.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;

final class MemoryNetworkTest {
  private static final int COUNT = 2000;

  private record Run(List<Integer> order, long lost, long full, long duplicates) {}

  @Test
  void sameSeedSameRun() {
    Impairment rough = Impairment.NONE.withLoss(0.2).withDuplication(0.1).withDelay(1000, 50_000);
    assertEquals(run(3, rough), run(3, rough));
    assertNotEquals(run(3, rough), run(4, rough));
  }

  @Test
  void accountsCloseUnderLossDuplicationAndReordering() {
    Run run = run(5, Impairment.NONE.withLoss(0.3).withDuplication(0.1).withDelay(1000, 50_000));
    assertEquals(COUNT + run.duplicates(), run.order().size() + run.lost() + run.full());
    assertTrue(run.lost() > COUNT / 5 && run.lost() < COUNT / 2, () -> "lost " + run.lost());
    assertTrue(run.duplicates() > 0);
    assertNotEquals(run.order().stream().sorted().toList(), run.order());
  }

  @Test
  void aFullQueueDropsUnderItsName() {
    Run run = run(5, Impairment.NONE.withDelay(1_000_000_000, 0).withQueue(10));
    assertEquals(10, run.order().size());
    assertEquals(COUNT - 10, run.full());
  }

  @Test
  void nothingArrivesBeforeItsTime() {
    long[] now = {0};
    var network = new MemoryNetwork(1, () -> now[0]);
    network.impair(Impairment.NONE.withDelay(500, 0));
    try (var a = network.engine(EngineOptions.DEFAULT);
        var b = network.engine(EngineOptions.DEFAULT)) {
      PacketPort sender = a.open(PortOptions.bind(Endpoint.parse("10.0.0.1:1")), (_, _) -> {});
      PacketPort receiver = b.open(PortOptions.bind(Endpoint.parse("10.0.0.2:1")), (_, _) -> {});
      sender.send(MemorySegment.ofArray(new byte[1]), 0, 1, receiver.localEndpoint());
      sender.flush();
      now[0] = 499;
      assertEquals(0, b.doWork());
      now[0] = 500;
      assertEquals(1, b.doWork());
    }
  }

  private static Run run(long seed, Impairment impairment) {
    long[] now = {0};
    var order = new ArrayList<Integer>();
    var network = new MemoryNetwork(seed, () -> now[0]);
    network.impair(impairment);
    try (var a = network.engine(EngineOptions.DEFAULT);
        var b = network.engine(EngineOptions.DEFAULT)) {
      PacketPort sender = a.open(PortOptions.bind(Endpoint.parse("10.0.0.1:1")), (_, _) -> {});
      PacketPort receiver =
          b.open(
              PortOptions.bind(Endpoint.parse("10.0.0.2:1")),
              (_, datagram) ->
                  order.add(
                      datagram.segment().get(ValueLayout.JAVA_INT_UNALIGNED, datagram.offset())));
      for (int i = 0; i < COUNT; i++) {
        assertTrue(
            sender.send(MemorySegment.ofArray(new int[] {i}), 0, 4, receiver.localEndpoint()));
        a.doWork();
        now[0] += 1000;
        b.doWork();
      }
      now[0] += 10_000_000_000L;
      while (b.doWork() > 0) {
        now[0]++;
      }
      return new Run(
          order,
          sender.counters().dropped(DropReason.INJECTED_LOSS),
          sender.counters().dropped(DropReason.RECEIVE_BUFFER_FULL),
          network.duplicates());
    }
  }
}
