package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.quic.tls.TlsOptions;

final class EndpointTest {
  private static final EndpointOptions OPTIONS = EndpointOptions.DEFAULT;

  private final Lab lab = Lab.nio();
  private final Recorder serverSide = new Recorder();
  private final Recorder clientSide = new Recorder();

  @AfterEach
  void closeAll() {
    lab.close();
  }

  private QuicConnection connect(EndpointOptions options) throws Exception {
    QuicServer server =
        lab.server(
            TlsOptions.solana(Lab.SERVER_IDENTITY), options, Recorder.application(serverSide));
    QuicClient client = lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), options);
    return Lab.await(
        client.connect(
            ConnectRequest.pinned(
                server.localAddress(), Lab.serverKey(), Recorder.application(clientSide))));
  }

  @Test
  void bothSidesKnowEachOthersKeys() throws Exception {
    QuicConnection connection = connect(OPTIONS);
    assertEquals(Optional.of(Lab.serverKey()), connection.peer().ed25519());
    assertEquals(TlsOptions.SOLANA_TPU, connection.applicationProtocol());
    QuicConnection accepted = Lab.await(serverSide.opened);
    assertEquals(Lab.CLIENT_IDENTITY.ed25519(), accepted.peer().ed25519());
  }

  @Test
  void aBidirectionalStreamCarriesBothWays() throws Exception {
    QuicConnection connection = connect(OPTIONS);
    byte[] sent = new byte[300_000];
    new Random(1).nextBytes(sent);
    QuicStream stream =
        Lab.await(connection.openStream(StreamKind.BIDIRECTIONAL, clientSide.new Collector(false)));
    stream.write(ByteBuffer.wrap(sent, 0, 100_000));
    stream.write(ByteBuffer.wrap(sent, 100_000, 200_000));
    stream.finish();
    Lab.await("echo", () -> !clientSide.streams.isEmpty());
    assertArrayEquals(sent, clientSide.streams.peek());
  }

  @Test
  void manyUnidirectionalStreamsArriveWhole() throws Exception {
    QuicConnection connection = connect(OPTIONS);
    for (int i = 0; i < 50; i++) {
      QuicStream stream =
          Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING));
      stream.finish(ByteBuffer.wrap(new byte[1232]));
      stream.flush();
    }
    Lab.await("50 streams", () -> serverSide.streams.size() == 50);
    serverSide.streams.forEach(bytes -> assertEquals(1232, bytes.length));
  }

  @Test
  void aResetReachesThePeerWithItsCode() throws Exception {
    QuicConnection connection = connect(OPTIONS);
    QuicStream stream =
        Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING));
    stream.write(ByteBuffer.wrap(new byte[10]));
    stream.flush();
    stream.reset(77);
    Lab.await("reset", () -> !serverSide.resets.isEmpty());
    assertEquals(77, serverSide.resets.peek());
  }

  /// Netty alone completes 1,000 such writes as successes and sends 27 of them.
  @Test
  void aBurstOfDatagramsBeyondQuicsQueueIsCountedWhole() throws Exception {
    EndpointOptions small = OPTIONS.withDatagramQueue(16);
    QuicConnection connection = connect(small);
    Lab.await(serverSide.opened);
    int accepted = 0;
    for (int i = 0; i < 1_000; i++) {
      if (connection.sendDatagram(ByteBuffer.allocate(100).putInt(0, i))) {
        accepted++;
      }
    }
    long queued = accepted;
    Lab.await("queue empty", () -> connection.datagramCounters().queued() == 0);
    DatagramCounters counters = connection.datagramCounters();
    assertEquals(1_000, counters.offered());
    assertEquals(queued, counters.sent());
    assertEquals(1_000 - queued, counters.queueFull());
    assertEquals(0, counters.tooLarge());
    // How many arrive is the peer's matter: its own queue sheds of a burst that it reads at once.
    Lab.await("arrival", () -> !serverSide.datagrams.isEmpty());
    assertTrue(serverSide.datagrams.size() <= queued);
  }

  /// They would be late: the event loop that makes them also takes in what opens the window.
  @Test
  void theEventLoopsOwnDatagramsDoNotWait() throws Exception {
    QuicConnection connection = connect(OPTIONS.withDatagramQueue(16));
    Lab.await(serverSide.opened);
    DatagramCounters counters =
        Lab.await(
            CompletableFuture.supplyAsync(
                () -> {
                  for (int i = 0; i < 1_000; i++) {
                    boolean _ = connection.sendDatagram(ByteBuffer.allocate(1_000));
                  }
                  return connection.datagramCounters();
                },
                connection.channel().eventLoop()));
    assertEquals(1_000, counters.offered());
    assertEquals(0, counters.queued());
    assertTrue(counters.sent() > 16, () -> "none went out meanwhile: " + counters);
    assertTrue(counters.queueFull() > 0, () -> "no window lets out so many: " + counters);
    Lab.await(
        "room again",
        () ->
            CompletableFuture.supplyAsync(
                    () -> connection.sendDatagram(ByteBuffer.allocate(1)),
                    connection.channel().eventLoop())
                .join());
  }

  @Test
  void datagramsGrowWithThePath() throws Exception {
    QuicConnection connection = connect(OPTIONS);
    assertTrue(connection.maxDatagramBytes() >= 1_200 - 44);
    Lab.await(
        "path MTU found",
        () -> {
          connection.sendDatagram(ByteBuffer.allocate(1));
          return connection.maxDatagramBytes() == 1_452 - 44;
        });
    assertTrue(connection.sendDatagram(ByteBuffer.allocate(1_452 - 44)));
    Lab.await("arrival", () -> serverSide.datagrams.stream().anyMatch(d -> d.length == 1_452 - 44));
    assertEquals(0, connection.datagramCounters().tooLarge());
    connection.sendDatagram(ByteBuffer.allocate(1_452 - 43));
    assertEquals(1, connection.datagramCounters().tooLarge());
  }

  @Test
  void datagramsToAPeerWithoutThemAreCounted() throws Exception {
    QuicServer server =
        lab.server(
            TlsOptions.solana(Lab.SERVER_IDENTITY),
            OPTIONS.withDatagramQueue(0),
            Recorder.application(serverSide));
    QuicConnection connection =
        Lab.await(
            lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), OPTIONS)
                .connect(
                    ConnectRequest.pinned(
                        server.localAddress(), Lab.serverKey(), Application.sendOnly())));
    assertEquals(0, connection.maxDatagramBytes());
    connection.sendDatagram(ByteBuffer.allocate(10));
    assertEquals(1, connection.datagramCounters().unsupported());
  }

  @Test
  void closingTellsThePeerWhy() throws Exception {
    QuicConnection connection = connect(OPTIONS);
    Lab.await(serverSide.opened);
    connection.close(42, "done");
    assertEquals(
        new CloseReason(CloseReason.Kind.PEER_APPLICATION, 42, "done"),
        Lab.await(serverSide.closed));
    assertEquals(CloseReason.Kind.LOCAL, Lab.await(connection.closed()).kind());
  }

  @Test
  void statisticsCountPackets() throws Exception {
    QuicConnection connection = connect(OPTIONS);
    ConnectionStatistics statistics = Lab.await(connection.statistics());
    assertTrue(statistics.packetsSent() > 0);
    assertTrue(statistics.bytesReceived() > 1_200);
    assertTrue(statistics.pathMtuBytes() >= 1_200);
    assertTrue(statistics.rttNs() > 0);
  }

  /// As HTTP/3 does it: handlers of Netty's on the connection, and on its streams.
  @Test
  void nettyHandlersGetStreamsAndDatagrams() throws Exception {
    var seen = new NettySide();
    QuicServer server =
        lab.server(
            TlsOptions.solana(Lab.SERVER_IDENTITY),
            OPTIONS,
            new Application.Handlers((_, channel) -> channel.pipeline().addLast(seen)));
    QuicConnection connection =
        Lab.await(
            lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), OPTIONS)
                .connect(
                    ConnectRequest.pinned(
                        server.localAddress(), Lab.serverKey(), Application.sendOnly())));
    QuicStream stream =
        Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING));
    stream.finish(ByteBuffer.wrap(new byte[700]));
    stream.flush();
    connection.sendDatagram(ByteBuffer.allocate(300));
    Lab.await("bytes", () -> seen.streamBytes.get() == 700 && seen.datagramBytes.get() == 300);
    assertTrue(seen.active);
  }

  private static final class NettySide extends ChannelInboundHandlerAdapter {
    private final AtomicInteger streamBytes = new AtomicInteger();
    private final AtomicInteger datagramBytes = new AtomicInteger();
    private volatile boolean active;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      active = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof QuicStreamChannel stream) {
        stream
            .pipeline()
            .addLast(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public void channelRead(ChannelHandlerContext on, Object bytes) {
                    count(streamBytes, bytes);
                  }
                });
        context.fireChannelRead(stream);
      } else {
        count(datagramBytes, message);
      }
    }

    private static void count(AtomicInteger sum, Object message) {
      var bytes = (ByteBuf) message;
      sum.addAndGet(bytes.readableBytes());
      bytes.release();
    }
  }
}
