package org.vexor.packet.connected;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.vexor.linux.Errno;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.SendBatch;
import org.vexor.linux.socket.UdpSocket;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.batch.BatchEngine;

@EnabledOnOs(OS.LINUX)
final class ConnectedSocketsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Ear ear = new Ear();
  private ConnectedEngine engine;
  private DatagramChannel peer;
  private Endpoint peerAddress;

  private static final class Ear implements PeerHandler {
    private final List<byte[]> heard = new ArrayList<>();
    private final List<Integer> failures = new ArrayList<>();
    private int batches;

    @Override
    public void received(ConnectedSocket socket, ByteBuffer payload) {
      byte[] bytes = new byte[payload.remaining()];
      payload.get(bytes);
      heard.add(bytes);
    }

    @Override
    public void batchEnd(ConnectedSocket socket) {
      batches++;
    }

    @Override
    public void failed(ConnectedSocket socket, int errno) {
      failures.add(errno);
      socket.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    engine = new ConnectedEngine(new BatchEngine(EngineOptions.DEFAULT.withFrames(64, 64)));
    peer = DatagramChannel.open();
    peer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    peerAddress = Endpoint.of((InetSocketAddress) peer.getLocalAddress());
  }

  @AfterEach
  void close() throws Exception {
    peer.close();
    engine.close();
  }

  private void workUntil(BooleanSupplier done) {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (!done.getAsBoolean()) {
            if (engine.doWork() == 0) {
              engine.await(1_000_000);
            }
          }
        });
  }

  private byte[] take() throws Exception {
    ByteBuffer room = ByteBuffer.allocate(65_536);
    InetSocketAddress from = (InetSocketAddress) peer.receive(room);
    lastSender = from;
    byte[] bytes = new byte[room.flip().remaining()];
    room.get(bytes);
    return bytes;
  }

  private InetSocketAddress lastSender = new InetSocketAddress(0);

  @Test
  void datagramsOfEveryLengthGoThereAndBack() throws Exception {
    ConnectedSocket socket = engine.sockets().open(peerAddress, ear);
    for (int length : new int[] {0, 1, 64, 1200, 1472, 9000, 65_507}) {
      ear.heard.clear();
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) length);
      assertTrue(socket.send(ByteBuffer.wrap(bytes)));
      int _ = engine.doWork();
      assertArrayEquals(bytes, take());
      assertEquals(socket.local().toSocketAddress(), lastSender);
      peer.send(ByteBuffer.wrap(bytes), lastSender);
      workUntil(() -> !ear.heard.isEmpty());
      assertArrayEquals(bytes, ear.heard.getFirst());
    }
    assertEquals(7, socket.sent());
    assertEquals(7, socket.received());
    assertEquals(0, engine.sockets().counters().droppedInAll());
  }

  @Test
  void keepsTheOrderOfEachSocketWhenManySendAtOnce() throws Exception {
    var sockets = new ArrayList<ConnectedSocket>();
    for (int i = 0; i < 3; i++) {
      sockets.add(engine.sockets().open(peerAddress, ear));
    }
    for (int round = 0; round < 10; round++) {
      for (ConnectedSocket socket : sockets) {
        ByteBuffer bytes = ByteBuffer.allocate(100 + round / 4);
        bytes.putInt(0, round);
        assertTrue(socket.send(bytes));
      }
    }
    assertEquals(30, engine.sockets().flush());
    var next = new HashMap<InetSocketAddress, Integer>();
    for (int i = 0; i < 30; i++) {
      int round = ByteBuffer.wrap(take()).getInt();
      assertEquals(next.merge(lastSender, 1, Integer::sum) - 1, round);
    }
    assertEquals(3, next.size());
  }

  /// As the kernel hands on what a peer sent in one call, or a network card put together.
  @Test
  void datagramsThatTheKernelJoinedComeOneByOne() {
    try (UdpSocket far = UdpSocket.open(AddressFamily.INET);
        Arena arena = Arena.ofConfined()) {
      far.bind(peerAddress.high(), peerAddress.low(), 0);
      ConnectedSocket socket = engine.sockets().open(peerAddress.withPort(far.localPort()), ear);
      far.connect(socket.local().high(), socket.local().low(), socket.local().port());
      var joined = new SendBatch(arena, 1, AddressFamily.INET);
      MemorySegment bytes = arena.allocate(10 * 1200 + 7);
      for (int i = 0; i <= 10; i++) {
        bytes.set(ValueLayout.JAVA_BYTE, i * 1200L, (byte) i);
      }
      joined.setConnected(0, bytes, 0, 10 * 1200 + 7);
      joined.segment(0, 1200);
      assertEquals(1, joined.send(far.number(), 0, 1));
      workUntil(() -> ear.heard.size() == 11);
      for (int i = 0; i <= 10; i++) {
        assertEquals(i == 10 ? 7 : 1200, ear.heard.get(i).length);
        assertEquals(i, ear.heard.get(i)[0]);
      }
      assertEquals(11, socket.received());
      assertEquals(10 * 1200 + 7, socket.receivedBytes());
    }
  }

  @Test
  void allThatAPeerSentIsReadInOneTurn() throws Exception {
    ConnectedSocket socket = engine.sockets().open(peerAddress, ear);
    for (int i = 0; i < 300; i++) {
      peer.send(ByteBuffer.allocate(100), socket.local().toSocketAddress());
    }
    assertEquals(300, engine.sockets().receive());
    assertEquals(1, ear.batches);
  }

  @Test
  void aPeerThatSendsOnAndOnLeavesOthersTheirTurn() throws Exception {
    ConnectedSocket socket = engine.sockets().open(peerAddress, ear);
    for (int i = 0; i < 700; i++) {
      peer.send(ByteBuffer.allocate(100), socket.local().toSocketAddress());
    }
    int first = engine.sockets().receive();
    assertTrue(first < 700, () -> "in one turn: " + first);
    assertEquals(700 - first, engine.sockets().receive());
  }

  @Test
  void saysThatThePeerRefused() throws Exception {
    ConnectedSocket socket = engine.sockets().open(peerAddress, ear);
    peer.close();
    assertTrue(socket.send(ByteBuffer.allocate(1)));
    workUntil(() -> !ear.failures.isEmpty());
    assertEquals(List.of(Errno.ECONNREFUSED), ear.failures);
    assertEquals(0, engine.sockets().open());
    assertFalse(socket.send(ByteBuffer.allocate(1)), "it is closed");
  }

  @Test
  void tooLongForAnyDatagramIsDroppedAndCounted() {
    ConnectedSocket socket = engine.sockets().open(peerAddress, ear);
    assertTrue(socket.send(ByteBuffer.allocate(65_508)));
    int _ = engine.doWork();
    assertFalse(socket.send(ByteBuffer.allocate(70_000)));
    assertEquals(2, engine.sockets().counters().dropped(DropReason.SEND_TOO_LARGE));
    assertEquals(List.of(), ear.failures);
  }

  @Test
  void otherSendersAreNotHeard() throws Exception {
    ConnectedSocket socket = engine.sockets().open(peerAddress, ear);
    try (DatagramChannel stranger = DatagramChannel.open()) {
      stranger.send(ByteBuffer.allocate(3), socket.local().toSocketAddress());
      peer.send(ByteBuffer.allocate(5), socket.local().toSocketAddress());
      workUntil(() -> !ear.heard.isEmpty());
      assertEquals(5, ear.heard.getFirst().length);
      assertEquals(1, ear.batches);
    }
  }

  @Test
  void whatIsStagedIsCountedWhenTheSocketCloses() {
    ConnectedSocket socket = engine.sockets().open(peerAddress, ear);
    assertTrue(socket.send(ByteBuffer.allocate(5)));
    socket.close();
    socket.close();
    assertEquals(0, engine.sockets().flush());
    assertEquals(1, engine.sockets().counters().dropped(DropReason.PORT_CLOSED));
  }
}
