package org.vexor.masque.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.masque.capsule.Varint;

final class DatagramRegistryTest {
  private static final EarlyLimits LIMITS = new EarlyLimits(4, 100, Duration.ofMillis(500));

  private long nowNs;
  private final DatagramRegistry registry = new DatagramRegistry(LIMITS, () -> nowNs);
  private final List<String> received = new ArrayList<>();
  private int batches;
  private int aborts;

  private final DatagramReceiver receiver =
      new DatagramReceiver() {
        @Override
        public void datagram(ByteBuf payload) {
          received.add(ByteBufUtil.hexDump(payload));
        }

        @Override
        public void datagramsRead() {
          batches++;
        }
      };

  private static ByteBuf datagram(long quarterId, int... payload) {
    ByteBuf out = Unpooled.buffer();
    Varint.write(out, quarterId);
    for (int each : payload) {
      out.writeByte(each);
    }
    return out;
  }

  private DatagramFate receive(ByteBuf datagram) {
    try {
      return registry.receive(datagram);
    } finally {
      datagram.release();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 63, 64, 16_383, 16_384, DatagramHeader.MAX_QUARTER_ID})
  void deliversByQuarterStreamId(long quarterId) {
    registry.open(quarterId, receiver);
    assertEquals(DatagramFate.DELIVERED, receive(datagram(quarterId, 0xab)));
    assertEquals(DatagramFate.DELIVERED, receive(datagram(quarterId)));
    registry.readComplete();
    assertEquals(List.of("ab", ""), received);
    assertEquals(1, batches);
  }

  @Test
  void anImpossibleOrMissingIdIsAnErrorOfTheConnection() {
    assertEquals(DatagramFate.MALFORMED, receive(datagram(DatagramHeader.MAX_QUARTER_ID + 1, 1)));
    assertEquals(DatagramFate.MALFORMED, receive(Unpooled.buffer()));
    assertEquals(DatagramFate.MALFORMED, receive(Unpooled.wrappedBuffer(new byte[] {0x40})));
    assertEquals(3, registry.total(DatagramFate.MALFORMED));
  }

  @Test
  void handsOverWhatCameBeforeItsRequest() {
    assertEquals(DatagramFate.HELD, receive(datagram(5, 1)));
    assertEquals(DatagramFate.HELD, receive(datagram(6, 2)));
    assertEquals(DatagramFate.HELD, receive(datagram(5, 3)));
    registry.open(5, receiver);
    assertEquals(List.of("01", "03"), received);
    assertEquals(1, registry.held());
    assertEquals(1, batches);
  }

  @Test
  void holdsNoMoreThanItMayAndCountsTheRest() {
    for (int i = 0; i < 4; i++) {
      assertEquals(DatagramFate.HELD, receive(datagram(i, 1)));
    }
    assertEquals(DatagramFate.EARLY_FULL, receive(datagram(9, 1)));
    nowNs += LIMITS.age().toNanos();
    assertEquals(DatagramFate.HELD, receive(datagram(9, new int[100])));
    assertEquals(4, registry.total(DatagramFate.EARLY_EXPIRED));
    assertEquals(DatagramFate.EARLY_FULL, receive(datagram(9, 1)));
    assertEquals(2, registry.total(DatagramFate.EARLY_FULL));
  }

  @Test
  void dropsWhatWaitedTooLong() {
    ByteBuf late = datagram(1, 1);
    registry.receive(late);
    assertEquals(1, registry.held());
    nowNs += LIMITS.age().toNanos();
    registry.readComplete();
    assertEquals(0, registry.held());
    registry.open(1, receiver);
    assertTrue(received.isEmpty());
    late.release();
  }

  @Test
  void whatComesForAFinishedRequestIsDropped() {
    registry.open(1, receiver);
    registry.finish(1);
    assertEquals(DatagramFate.FINISHED, receive(datagram(1, 1)));
    assertTrue(received.isEmpty());
  }

  @Test
  void aDatagramForARequestWithoutDatagramsAbortsIt() {
    registry.refuse(1, () -> aborts++);
    assertEquals(DatagramFate.NOT_ALLOWED, receive(datagram(1, 1)));
    assertEquals(1, aborts);
    receive(datagram(2, 1));
    registry.refuse(2, () -> aborts++);
    assertEquals(2, aborts);
    assertEquals(2, registry.total(DatagramFate.NOT_ALLOWED));
    assertEquals(0, registry.total(DatagramFate.DELIVERED));
  }

  @Test
  void whatIsHeldStaysAsItWasWhenItsMemoryIsWrittenOver() {
    ByteBuf lent = datagram(1, 7);
    registry.receive(lent);
    lent.setByte(lent.writerIndex() - 1, 9);
    lent.release();
    registry.open(1, receiver);
    assertEquals(List.of("07"), received);
  }

  @Test
  void closingLetsGoOfWhatIsHeld() {
    ByteBuf held = datagram(1, 1);
    registry.receive(held);
    registry.close();
    registry.close();
    assertEquals(0, registry.held());
    held.release();
  }

  @Property
  void headersComeBackAsWritten(
      @ForAll @LongRange(min = 0, max = DatagramHeader.MAX_QUARTER_ID) long quarterId,
      @ForAll @LongRange(min = 0, max = Varint.MAX) long contextId) {
    ByteBuf out = Unpooled.buffer();
    DatagramHeader.write(out, quarterId, contextId);
    assertEquals(DatagramHeader.lengthBytes(quarterId, contextId), out.readableBytes());
    assertEquals(quarterId, DatagramHeader.readQuarterId(out));
    assertEquals(contextId, Varint.read(out));
  }

  @FuzzTest(maxDuration = "30s")
  void everyDatagramHasAFate(byte[] bytes) {
    if (bytes == null) {
      return;
    }
    registry.open(0, receiver);
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    registry.receive(in);
    registry.close();
    assertEquals(1, in.refCnt());
  }
}
