package org.vexor.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [PacketEngine] promises. An implementation's test extends this and says how two
/// engines are made that reach each other.
public abstract class PacketPortContract {
  private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(64, 32);
  private static final long PATIENCE_NS = 10_000_000_000L;

  private PacketEngine near;
  private PacketEngine far;
  private final List<byte[]> received = new ArrayList<>();
  private final List<Endpoint> sources = new ArrayList<>();

  /// An engine of the first host.
  protected abstract PacketEngine nearEngine(EngineOptions options);

  /// An engine of the second host, which may be the same one.
  protected abstract PacketEngine farEngine(EngineOptions options);

  /// An address that the first host can bind, with port 0.
  protected abstract Endpoint nearAddress();

  /// An address that the second host can bind, with port 0.
  protected abstract Endpoint farAddress();

  /// What the report must say is in use.
  protected abstract Backend backend();

  @BeforeEach
  void openEngines() {
    near = nearEngine(OPTIONS);
    far = farEngine(OPTIONS);
  }

  @AfterEach
  void closeEngines() {
    near.close();
    far.close();
  }

  @Test
  void deliversPayloadAndSource() {
    PacketPort receiver = collecting();
    PacketPort sender = sender();
    byte[] payload = bytes(100, 1);
    assertTrue(send(sender, payload, receiver.localEndpoint()));
    drive(() -> received.size() == 1);
    assertArrayEquals(payload, received.get(0));
    assertEquals(sender.localEndpoint(), sources.get(0));
  }

  @Test
  void keepsBoundariesFromEmptyToTheLargestPayload() {
    PacketPort receiver = collecting();
    PacketPort sender = sender();
    int[] lengths = {0, 1, 2, 63, 64, 1203, 1228, 1232, sender.maxPayloadBytes()};
    for (int length : lengths) {
      assertTrue(send(sender, bytes(length, length), receiver.localEndpoint()));
    }
    drive(() -> received.size() == lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      assertArrayEquals(bytes(lengths[i], lengths[i]), received.get(i));
    }
  }

  @Test
  void refusesAndCountsWhatIsTooLarge() {
    PacketPort sender = sender();
    assertEquals(PacketPort.TOO_LARGE, sender.reserve(sender.maxPayloadBytes() + 1));
    assertEquals(1, sender.counters().dropped(DropReason.SEND_TOO_LARGE));
    assertEquals(0, sender.queued());
  }

  @Test
  void saysFullAndLosesNothingThen() {
    PacketPort receiver = collecting();
    PacketPort sender = sender();
    int committed = 0;
    while (send(sender, bytes(64, committed), receiver.localEndpoint())) {
      committed++;
    }
    assertEquals(OPTIONS.sendFrames(), committed);
    assertEquals(PacketPort.FULL, sender.reserve(64));
    assertTrue(sender.counters().refusals() > 0);
    int expected = committed + 1;
    drive(() -> sender.queued() == 0);
    assertTrue(send(sender, bytes(64, committed), receiver.localEndpoint()));
    drive(() -> received.size() == expected);
    for (int i = 0; i < expected; i++) {
      assertArrayEquals(bytes(64, i), received.get(i));
    }
  }

  @Test
  void aCancelledReservationIsAsIfNeverMade() {
    PacketPort receiver = collecting();
    PacketPort sender = sender();
    assertTrue(sender.reserve(10) >= 0);
    sender.cancel();
    assertEquals(0, sender.queued());
    assertTrue(send(sender, bytes(5, 5), receiver.localEndpoint()));
    drive(() -> received.size() == 1);
    assertArrayEquals(bytes(5, 5), received.get(0));
  }

  @Test
  void aSecondReservationBeforeCommitIsAMistakeThatIsTold() {
    PacketPort sender = sender();
    assertTrue(sender.reserve(10) >= 0);
    assertThrows(IllegalStateException.class, () -> sender.reserve(10));
    sender.cancel();
    assertThrows(
        IllegalStateException.class, () -> sender.commit(1, 0, Endpoint.ipv4Low(0x7f000001), 9));
  }

  @Test
  void commitsLessThanReserved() {
    PacketPort receiver = collecting();
    PacketPort sender = sender();
    long at = sender.reserve(500);
    MemorySegment.copy(MemorySegment.ofArray(bytes(7, 7)), 0, sender.sendSegment(), at, 7);
    Endpoint to = receiver.localEndpoint();
    sender.commit(7, to.high(), to.low(), to.port());
    drive(() -> received.size() == 1);
    assertArrayEquals(bytes(7, 7), received.get(0));
  }

  @Test
  void countsWhatItMovedOnBothSides() {
    PacketPort receiver = collecting();
    PacketPort sender = sender();
    for (int i = 0; i < 20; i++) {
      assertTrue(send(sender, bytes(30 + i, i), receiver.localEndpoint()));
    }
    drive(() -> received.size() == 20);
    assertEquals(20, sender.counters().sent());
    assertEquals(20 * 30 + 190, sender.counters().sentBytes());
    assertEquals(20, receiver.counters().received());
    assertEquals(20 * 30 + 190, receiver.counters().receivedBytes());
    assertEquals(20, far.counters().received());
    assertEquals(20, near.counters().sent());
  }

  @Test
  void answersFromWithinTheHandler() {
    PacketPort echo =
        far.open(
            PortOptions.bind(farAddress()),
            (port, datagram) -> {
              long at = port.reserve(datagram.length());
              assertTrue(at >= 0);
              MemorySegment.copy(
                  datagram.segment(), datagram.offset(), port.sendSegment(), at, datagram.length());
              port.commit(
                  datagram.length(),
                  datagram.sourceHigh(),
                  datagram.sourceLow(),
                  datagram.sourcePort());
            });
    PacketPort client = near.open(PortOptions.bind(nearAddress()), this::collect);
    assertTrue(send(client, bytes(333, 3), echo.localEndpoint()));
    drive(() -> received.size() == 1);
    assertArrayEquals(bytes(333, 3), received.get(0));
    assertEquals(echo.localEndpoint(), sources.get(0));
  }

  @Test
  void keepsManyPortsOfOneEngineApart() {
    var counts = new int[8];
    var ports = new ArrayList<PacketPort>();
    for (int i = 0; i < counts.length; i++) {
      int index = i;
      ports.add(
          far.open(
              PortOptions.bind(farAddress()),
              (port, datagram) -> {
                assertEquals(index + 1, datagram.length());
                counts[index]++;
              }));
    }
    assertEquals(counts.length, far.ports().size());
    PacketPort sender = sender();
    for (int i = 0; i < counts.length; i++) {
      assertTrue(send(sender, bytes(i + 1, i), ports.get(i).localEndpoint()));
    }
    drive(() -> Arrays.stream(counts).allMatch(count -> count == 1));
  }

  @Test
  void aRetainedFrameKeepsItsBytesUntilReleasedFromAnyThread() throws InterruptedException {
    var retained = new ArrayList<long[]>();
    var segments = new ArrayList<MemorySegment>();
    PacketPort receiver =
        far.open(
            PortOptions.bind(farAddress()),
            (_, datagram) -> {
              long frame = datagram.retain();
              if (frame != Datagram.NOT_RETAINED && retained.size() < 8) {
                retained.add(new long[] {frame, datagram.offset(), datagram.length()});
                segments.add(datagram.segment());
              } else if (frame != Datagram.NOT_RETAINED) {
                far.release(frame);
              }
              collect(receiverOf(), datagram);
            });
    PacketPort sender = sender();
    int total = 10 * OPTIONS.receiveFrames();
    for (int i = 0; i < total; i++) {
      int expected = i + 1;
      assertTrue(send(sender, bytes(200, i), receiver.localEndpoint()));
      drive(() -> received.size() == expected);
    }
    assertEquals(8, retained.size());
    for (int i = 0; i < retained.size(); i++) {
      long[] frame = retained.get(i);
      byte[] kept = segments.get(i).asSlice(frame[1], frame[2]).toArray(ValueLayout.JAVA_BYTE);
      assertArrayEquals(bytes(200, i), kept);
    }
    Thread other = new Thread(() -> retained.forEach(frame -> far.release(frame[0])));
    other.start();
    other.join();
    assertTrue(send(sender, bytes(1, 1), receiver.localEndpoint()));
    drive(() -> received.size() == total + 1);
  }

  @Test
  void receptionGoesOnWhenUsersKeepEverythingTheyCan() {
    var frames = new ArrayList<Long>();
    var refused = new int[1];
    PacketPort receiver =
        far.open(
            PortOptions.bind(farAddress()),
            (port, datagram) -> {
              long frame = datagram.retain();
              if (frame == Datagram.NOT_RETAINED) {
                refused[0]++;
              } else {
                frames.add(frame);
              }
              collect(port, datagram);
            });
    PacketPort sender = sender();
    int total = 2 * OPTIONS.receiveFrames();
    for (int i = 0; i < total; i++) {
      int expected = i + 1;
      assertTrue(send(sender, bytes(20, i), receiver.localEndpoint()));
      drive(() -> received.size() == expected);
    }
    assertTrue(refused[0] > 0, "some retains must have been refused");
    assertEquals(total, frames.size() + refused[0]);
    frames.forEach(far::release);
    int before = refused[0];
    assertTrue(send(sender, bytes(20, 0), receiver.localEndpoint()));
    drive(() -> received.size() == total + 1);
    assertEquals(before, refused[0]);
  }

  @Test
  void aFrameReleasedTwiceIsAMistakeThatIsTold() {
    var frame = new long[1];
    PacketPort receiver =
        far.open(
            PortOptions.bind(farAddress()),
            (port, datagram) -> {
              frame[0] = datagram.retain();
              collect(port, datagram);
            });
    assertTrue(send(sender(), bytes(20, 0), receiver.localEndpoint()));
    drive(() -> received.size() == 1);
    far.release(frame[0]);
    assertThrows(IllegalStateException.class, () -> far.release(frame[0]));
  }

  @Test
  void anExceptionOfAHandlerLeavesTheEngineUsable() {
    var fail = new boolean[] {true};
    PacketPort receiver =
        far.open(
            PortOptions.bind(farAddress()),
            (port, datagram) -> {
              if (fail[0]) {
                throw new IllegalArgumentException("not this one");
              }
              collect(port, datagram);
            });
    PacketPort sender = sender();
    assertTrue(send(sender, bytes(20, 0), receiver.localEndpoint()));
    assertThrows(IllegalArgumentException.class, () -> drive(() -> false));
    fail[0] = false;
    for (int i = 0; i < 2 * OPTIONS.receiveFrames(); i++) {
      int expected = i + 1;
      assertTrue(send(sender, bytes(21, i), receiver.localEndpoint()));
      drive(() -> received.size() == expected);
    }
  }

  @Test
  void aClosedPortRefusesAndItsNumberCanBeBoundAgain() {
    PacketPort receiver = collecting();
    Endpoint endpoint = receiver.localEndpoint();
    receiver.close();
    receiver.close();
    assertFalse(receiver.isOpen());
    assertEquals(PacketPort.CLOSED, receiver.reserve(1));
    assertTrue(far.ports().isEmpty());
    PacketPort again = far.open(PortOptions.bind(endpoint), this::collect);
    assertEquals(endpoint, again.localEndpoint());
    assertTrue(send(sender(), bytes(9, 9), endpoint));
    drive(() -> received.size() == 1);
  }

  @Test
  void closingAPortFlushesWhatWasCommitted() {
    PacketPort receiver = collecting();
    PacketPort sender = sender();
    assertTrue(send(sender, bytes(40, 4), receiver.localEndpoint()));
    sender.close();
    drive(() -> received.size() == 1);
    assertEquals(1, sender.counters().sent() + sender.counters().dropped(DropReason.PORT_CLOSED));
  }

  @Test
  void aPortMayBeClosedByItsOwnHandler() {
    PacketPort receiver =
        far.open(
            PortOptions.bind(farAddress()),
            (port, datagram) -> {
              collect(port, datagram);
              port.close();
            });
    PacketPort sender = sender();
    for (int i = 0; i < 3; i++) {
      assertTrue(send(sender, bytes(40, i), receiver.localEndpoint()));
    }
    drive(() -> !receiver.isOpen());
    assertEquals(1, received.size());
  }

  @Test
  void closingAnEngineClosesItsPortsTwiceIfAsked() {
    PacketPort receiver = collecting();
    far.close();
    far.close();
    assertFalse(receiver.isOpen());
    assertThrows(
        PortException.class, () -> far.open(PortOptions.bind(farAddress()), this::collect));
  }

  @Test
  void aNumberInUseIsRefusedWithWhatToDo() {
    PacketPort receiver = collecting();
    var refusal =
        assertThrows(
            PortException.class,
            () -> far.open(PortOptions.bind(receiver.localEndpoint()), this::collect));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(receiver.localEndpoint().toString()), message);
  }

  @Test
  void wakeupFromAnotherThreadEndsAwait() throws InterruptedException {
    collecting();
    Thread waiting = new Thread(() -> far.await(PATIENCE_NS));
    long start = System.nanoTime();
    waiting.start();
    far.wakeup();
    waiting.join();
    assertTrue(System.nanoTime() - start < PATIENCE_NS / 2, "await did not end by wakeup");
  }

  @Test
  void awaitEndsWhenADatagramArrives() {
    PacketPort receiver = collecting();
    assertTrue(send(sender(), bytes(3, 3), receiver.localEndpoint()));
    near.doWork();
    long start = System.nanoTime();
    while (received.isEmpty() && System.nanoTime() - start < PATIENCE_NS) {
      far.await(PATIENCE_NS);
      far.doWork();
    }
    assertTrue(System.nanoTime() - start < PATIENCE_NS / 2, "await did not end by arrival");
    assertEquals(1, received.size());
  }

  @Test
  void survivesArbitraryTrafficBothWaysWithAccountsClosed() {
    var random = new SplittableRandom(7);
    PacketPort a = near.open(PortOptions.bind(nearAddress()), this::collect);
    PacketPort b = far.open(PortOptions.bind(farAddress()), this::collect);
    int committed = 0;
    for (int round = 0; round < 300; round++) {
      for (int burst = random.nextInt(6); burst > 0; burst--) {
        boolean forth = random.nextBoolean();
        byte[] payload = bytes(random.nextInt(1400), round);
        if (send(forth ? a : b, payload, (forth ? b : a).localEndpoint())) {
          committed++;
        }
      }
      near.doWork();
      far.doWork();
    }
    int total = committed;
    drive(() -> received.size() == total);
    long sent = a.counters().sent() + b.counters().sent();
    assertEquals(total, sent + a.queued() + b.queued());
    assertEquals(sent, a.counters().received() + b.counters().received());
  }

  @Test
  void reportsWhatIsInUse() {
    collecting();
    BackendReport report = far.report();
    assertEquals(backend(), report.backend());
    assertFalse(report.mode().isEmpty());
    assertTrue(report.attempts().stream().anyMatch(attempt -> attempt.backend() == backend()));
    assertTrue(report.toText().startsWith(backend().label()), report::toText);
  }

  @Test
  void choosesANumberWhenAskedForZero() {
    assertNotEquals(0, collecting().localEndpoint().port());
    assertNotEquals(
        collecting().localEndpoint(), collecting().localEndpoint(), "two ports, two numbers");
  }

  @Test
  void tellsWhenTheHostOfTheConnectedPeerRefuses() {
    var refusals = new int[1];
    PacketPort sender =
        near.open(
            PortOptions.bind(nearAddress()),
            new DatagramHandler() {
              @Override
              public void onDatagram(PacketPort port, Datagram datagram) {
                collect(port, datagram);
              }

              @Override
              public void onPeerRefused(PacketPort port) {
                refusals[0]++;
              }
            });
    PacketPort receiver = collecting();
    Endpoint peer = receiver.localEndpoint();
    assumeTrue(sender.connect(peer), "this backend connects no ports");
    assertTrue(send(sender, bytes(9, 1), peer));
    drive(() -> received.size() == 1);
    receiver.close();
    assertEquals(0, refusals[0]);
    assertTrue(send(sender, bytes(9, 2), peer));
    drive(() -> refusals[0] > 0);
    PacketPort again = far.open(PortOptions.bind(peer), this::collect);
    assertTrue(send(sender, bytes(9, 3), again.localEndpoint()), "it goes on after that");
    drive(() -> received.size() == 2);
    sender.disconnect();
    PacketPort other = collecting();
    assertTrue(send(other, bytes(9, 4), sender.localEndpoint()));
    drive(() -> received.size() == 3);
  }

  /// Drives both engines until the condition holds; fails when it does not in time.
  private void drive(BooleanSupplier until) {
    long start = System.nanoTime();
    while (!until.getAsBoolean()) {
      if (near.doWork() + far.doWork() == 0) {
        Thread.onSpinWait();
      }
      if (System.nanoTime() - start > PATIENCE_NS) {
        throw new AssertionError(
            "waited in vain; received "
                + received.size()
                + ", drops near "
                + near.counters().drops()
                + ", far "
                + far.counters().drops());
      }
    }
  }

  private PacketPort collecting() {
    return far.open(PortOptions.bind(farAddress()), this::collect);
  }

  private PacketPort sender() {
    return near.open(PortOptions.bind(nearAddress()), this::collect);
  }

  private PacketPort receiverOf() {
    return far.ports().getFirst();
  }

  private void collect(PacketPort port, Datagram datagram) {
    assertTrue(port.isOpen());
    received.add(
        datagram
            .segment()
            .asSlice(datagram.offset(), datagram.length())
            .toArray(ValueLayout.JAVA_BYTE));
    sources.add(datagram.source());
  }

  private static boolean send(PacketPort port, byte[] payload, Endpoint to) {
    return port.send(MemorySegment.ofArray(payload), 0, payload.length, to);
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
