package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.message.MessageReceiver;
import org.vexor.quic.message.MessageSender;
import org.vexor.quic.message.MessageSink;
import org.vexor.quic.tls.TlsOptions;

/// Messages, a stream each, past Netty's stream channels.
final class MessagesTest {
  private static final int LARGEST = 4_096;
  private static final EndpointOptions SERVER =
      EndpointOptions.DEFAULT.withStreams(0, 64).withDatagramQueue(0);

  private final Lab lab = Lab.ports("port", 1, () -> PacketEngines.local(EngineOptions.DEFAULT));
  private final Sink sink = new Sink();

  @AfterEach
  void closeAll() {
    lab.close();
  }

  /// Keeps what came.
  private static final class Sink implements MessageHandler {
    final List<byte[]> messages = new ArrayList<>();
    final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
    final AtomicInteger count = new AtomicInteger();
    final CompletableFuture<MessageReceiver> receiver = new CompletableFuture<>();
    volatile int allowance = Integer.MAX_VALUE;

    @Override
    public void opened(QuicConnection connection, MessageReceiver reader) {
      receiver.complete(reader);
    }

    @Override
    public int allowance() {
      return allowance;
    }

    @Override
    public void message(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      messages.add(copy);
      count.incrementAndGet();
    }

    @Override
    public void refused(Refusal why) {
      refusals.merge(why, 1, Integer::sum);
      count.incrementAndGet();
    }

    @Override
    public void closed(QuicConnection connection, CloseReason reason) {}
  }

  /// Sends a list of messages as the peer allows, and notes what became of them.
  private static final class Pump implements ConnectionHandler, MessageSender.Outcome<Integer> {
    final List<byte[]> messages;
    final ConcurrentLinkedQueue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Integer> stopped = new ConcurrentLinkedQueue<>();
    final CompletableFuture<QuicConnection> opened = new CompletableFuture<>();
    private int next;
    private Optional<MessageSender<Integer>> sender = Optional.empty();

    Pump(List<byte[]> messages) {
      this.messages = messages;
    }

    @Override
    public void opened(QuicConnection connection) {
      MessageSender<Integer> made = connection.messages(1_024, this);
      sender = Optional.of(made);
      connection.onTurn(
          () -> {
            made.settle();
            offer(made);
          });
      offer(made);
      made.flush();
      opened.complete(connection);
    }

    private void offer(MessageSender<Integer> to) {
      while (next < messages.size()
          && to.offer(next, messages.get(next), 0) == MessageSender.Taken.YES) {
        next++;
      }
    }

    @Override
    public void acknowledged(Integer message, long takenNs) {
      acknowledged.add(message);
    }

    @Override
    public void stopped(Integer message, long takenNs) {
      stopped.add(message);
    }

    @Override
    public StreamReceiver streamOpened(QuicStream stream) {
      return StreamReceiver.NOTHING;
    }
  }

  private Pump pump(List<byte[]> messages) throws Exception {
    QuicServer server =
        lab.server(
            TlsOptions.solana(Lab.SERVER_IDENTITY),
            SERVER,
            new Application.Messages(_ -> sink, LARGEST, Duration.ofSeconds(2)));
    QuicClient client =
        lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), EndpointOptions.SOLANA_CLIENT);
    var pump = new Pump(messages);
    var _ =
        Lab.await(
            client.connect(
                ConnectRequest.pinned(
                    server.localAddress(), Lab.serverKey(), new Application.Callbacks(_ -> pump))));
    return pump;
  }

  private static List<byte[]> messages(int count) {
    var random = new Random(1);
    var messages = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[i % 10 == 0 ? LARGEST - i % 7 : 1 + random.nextInt(1_232)];
      random.nextBytes(bytes);
      messages.add(bytes);
    }
    return messages;
  }

  @Test
  void everyMessageArrivesOnceAndIsAcknowledged() throws Exception {
    List<byte[]> messages = messages(5_000);
    Pump pump = pump(messages);
    Lab.await("acknowledgements", () -> pump.acknowledged.size() == messages.size());
    assertEquals(messages.size(), sink.messages.size());
    assertEquals(List.of(), List.copyOf(pump.stopped));
    sink.messages.sort(Arrays::compare);
    messages.sort(Arrays::compare);
    for (int i = 0; i < messages.size(); i++) {
      assertArrayEquals(messages.get(i), sink.messages.get(i));
    }
    assertEquals(0, sink.receiver.get().unfinished());
  }

  /// With the allowance used up the peer runs out of streams, and goes on when it grows.
  @Test
  void aPeerGetsNoMoreStreamsThanAreRead() throws Exception {
    sink.allowance = 0;
    Pump pump = pump(messages(1_000));
    QuicConnection connection = Lab.await(pump.opened);
    Lab.await(
        "streams used up",
        () -> {
          try {
            return Lab.await(Lab.on(connection, () -> pump.sender.orElseThrow().credit())) == 0;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertEquals(0, sink.count.get());
    sink.allowance = Integer.MAX_VALUE;
    MessageReceiver receiver = Lab.await(sink.receiver);
    connection.execute(
        () -> {
          boolean _ = receiver.read(System.nanoTime());
          receiver.flush();
        });
    Lab.await("the rest", () -> sink.count.get() == 1_000);
    assertEquals(1_000, sink.messages.size());
  }

  @Test
  void whatIsTooLargeOrEmptyIsRefused() throws Exception {
    Pump pump = pump(List.of(new byte[LARGEST + 1], new byte[] {1}, new byte[3 * LARGEST]));
    QuicConnection connection = Lab.await(pump.opened);
    QuicStream empty =
        Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING));
    empty.finish();
    QuicStream given =
        Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING));
    boolean _ = given.write(ByteBuffer.allocate(10));
    given.flush();
    given.reset(7);
    Lab.await("all", () -> sink.count.get() >= 4);
    assertEquals(1, sink.messages.size());
    assertEquals(2, sink.refusals.get(MessageSink.Refusal.TOO_LARGE));
    assertEquals(1, sink.refusals.get(MessageSink.Refusal.EMPTY));
    Lab.await("outcomes", () -> pump.acknowledged.size() + pump.stopped.size() == 3);
    assertTrue(pump.acknowledged.contains(1));
  }

  @Test
  void whatDoesNotEndIsGivenUp() throws Exception {
    Pump pump = pump(List.of());
    QuicConnection connection = Lab.await(pump.opened);
    QuicStream slow =
        Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING));
    boolean _ = slow.write(ByteBuffer.allocate(10));
    slow.flush();
    MessageReceiver receiver = Lab.await(sink.receiver);
    Lab.await("first bytes", () -> receiver.unfinished() == 1);
    connection.execute(() -> receiver.expire(System.nanoTime() + Duration.ofSeconds(3).toNanos()));
    Lab.await("given up", () -> sink.count.get() == 1);
    assertEquals(1, sink.refusals.get(MessageSink.Refusal.TOO_SLOW));
    assertEquals(0, receiver.unfinished());
  }
}
