package org.vexor.quic.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SilentPeerTest {
  private static final SilenceTimes TIMES =
      new SilenceTimes(Duration.ofMillis(600), Duration.ofSeconds(5), Duration.ofSeconds(10));
  private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  /// Never runs: the test looks by itself, at times of its own.
  private final EventLoop loop = new DefaultEventLoop();

  private final Recorded connection = new Recorded();
  private long nowNs;
  private final SilenceWatch watch = new SilenceWatch(() -> nowNs);
  private final SilentPeer peer = watch.add(loop, connection, TIMES);

  private static final class Recorded implements SilentPeer.Connection {
    private InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1_000);
    private byte[] id = ID;
    private int asked;
    private Optional<String> gone = Optional.empty();

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    public boolean isPeerId(byte[] wanted) {
      return Arrays.equals(id, wanted);
    }

    @Override
    public void ask() {
      asked++;
    }

    @Override
    public void gone(String why) {
      gone = Optional.of(why);
    }
  }

  @AfterEach
  void endLoop() {
    var _ = loop.shutdownGracefully();
  }

  private void pass(long millis) {
    nowNs += Duration.ofMillis(millis).toNanos();
    watch.look();
  }

  /// A packet with a short header, or not, that begins with an id.
  private static ByteBuffer packet(int firstByte, byte[] id) {
    return ByteBuffer.allocate(64).put((byte) firstByte).put(id).put(new byte[40]).flip();
  }

  private void refuse(byte[] id) {
    watch.undelivered(connection.address, packet(0x40, id));
  }

  @Test
  void whoIsHeardIsNotAsked() {
    for (int i = 0; i < 100; i++) {
      pass(500);
      peer.heard();
    }
    assertEquals(0, connection.asked);
  }

  @Test
  void anIdlePeerIsAskedAtEverLongerIntervals() {
    int looks = 0;
    for (int asked = 1; asked <= 6; asked++) {
      while (connection.asked < asked) {
        pass(100);
        looks++;
      }
      peer.heard();
      pass(0);
    }
    // 0.6 + 1.2 + 2.4 + 4.8 + 5 + 5 seconds.
    assertEquals(190, looks);
    pass(100);
    peer.heard();
    pass(100);
    pass(600);
    assertEquals(7, connection.asked, "it was lively, so it is asked early again");
  }

  @Test
  void twoRefusalsOfOurPacketsAreTheEnd() {
    pass(600);
    refuse(ID);
    pass(60);
    assertEquals(2, connection.asked, "asked once more, at once");
    assertEquals(Optional.empty(), connection.gone);
    refuse(ID);
    assertEquals(Optional.of("its port is closed"), connection.gone);
  }

  @Test
  void aPeerThatIsHeardFromInBetweenStays() {
    pass(600);
    refuse(ID);
    pass(60);
    peer.heard();
    refuse(ID);
    refuse(ID);
    assertEquals(Optional.empty(), connection.gone, "two at the same moment are one");
  }

  @Test
  void whatDoesNotQuoteTheIdIsForged() {
    byte[] guess = ID.clone();
    guess[8]++;
    pass(600);
    for (int i = 0; i < 10; i++) {
      refuse(guess);
      refuse(new byte[0]);
      refuse(Arrays.copyOf(ID, 8));
      watch.undelivered(connection.address, packet(0xc0, ID));
      watch.undelivered(connection.address, ByteBuffer.allocate(0));
      watch.undelivered(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 1_001), packet(0x40, ID));
      pass(60);
    }
    assertEquals(Optional.empty(), connection.gone);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 7})
  void anIdThatCanBeGuessedProvesNothing(int length) {
    connection.id = Arrays.copyOf(ID, length);
    pass(600);
    refuse(connection.id);
    pass(60);
    refuse(connection.id);
    assertEquals(Optional.empty(), connection.gone);
    pass(9_400);
    assertEquals(Optional.of("no answer for 10 s"), connection.gone);
  }

  @Test
  void whatItsFormerAddressAnswersIsNoMatter() {
    InetSocketAddress before = connection.address;
    connection.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2_000);
    pass(600);
    watch.undelivered(before, packet(0x40, ID));
    pass(60);
    watch.undelivered(before, packet(0x40, ID));
    assertEquals(Optional.empty(), connection.gone);
    refuse(ID);
    pass(60);
    refuse(ID);
    assertEquals(Optional.of("its port is closed"), connection.gone);
  }

  @Test
  void whoIsNoLongerWatchedIsLeftAlone() {
    watch.remove(peer);
    watch.remove(peer);
    pass(20_000);
    refuse(ID);
    pass(60);
    refuse(ID);
    assertEquals(0, connection.asked);
    assertEquals(Optional.empty(), connection.gone);
  }

  @Test
  void peersThatGoLeaveTheOthersWatched() {
    var others = new ArrayList<Recorded>();
    var watched = new ArrayList<SilentPeer>();
    for (int i = 0; i < 5; i++) {
      others.add(new Recorded());
      watched.add(watch.add(loop, others.getLast(), TIMES));
    }
    watch.remove(watched.get(1));
    watch.remove(watched.get(4));
    watch.remove(peer);
    watch.remove(watched.get(1));
    pass(600);
    assertEquals(List.of(1, 0, 1, 1, 0), others.stream().map(each -> each.asked).toList());
    assertEquals(0, connection.asked);
  }

  @Test
  void timesThatMakeNoSenseAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> SilenceTimes.lostAfter(Duration.ofMillis(100)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SilenceTimes(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }
}
