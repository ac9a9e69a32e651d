package org.vexor.node.masque.doctor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.vexor.masque.http.FlowCounters;
import org.vexor.masque.http.FlowEnd;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.RequestStream;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.StreamError;
import org.vexor.masque.http.StreamListener;
import org.vexor.masque.http.UdpFlow;
import org.vexor.masque.http.UdpFlowHandler;
import org.vexor.masque.link.ProxyLink;

/// One UDP tunnel on a link: asked for, and when it is granted, used for echoes. Its methods block
/// their caller, which is no event loop.
final class TunnelTrial implements ResponseHandler, UdpFlowHandler, AutoCloseable {
  private static final Duration ECHO_PATIENCE = Duration.ofMillis(300);
  private static final int ECHO_TRIES = 4;
  private static final int COARSE_BYTES = 16;

  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final long beganNs = System.nanoTime();
  private volatile Optional<UdpFlow> flow = Optional.empty();
  private volatile Echoes echoes = new Echoes(0, 0);

  /// What came of the request.
  sealed interface Answer {
    /// The proxy answered.
    ///
    /// @param datagrams whether QUIC DATAGRAMs go with the stream
    record Answered(ResponseHead head, boolean datagrams, long tookNs) implements Answer {}

    /// It did not.
    record Failed(String why) implements Answer {}
  }

  private TunnelTrial() {}

  /// Asks for a tunnel.
  static TunnelTrial ask(ProxyLink link, RequestHead head) {
    var trial = new TunnelTrial();
    link.request(head, trial);
    return trial;
  }

  /// The proxy's answer.
  Answer answer(Duration patience) throws InterruptedException {
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return new Answer.Failed("no answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails this future", e);
    }
  }

  /// Sends a payload of this length until it comes back, a few times.
  ///
  /// @return nanoseconds until it was back; empty when it never was
  Optional<Long> echo(int lengthBytes) throws InterruptedException {
    for (int i = 0; i < ECHO_TRIES; i++) {
      Echoes round = round(new int[] {lengthBytes});
      if (round.largest() == lengthBytes) {
        return Optional.of(round.backNs - round.mark);
      }
    }
    return Optional.empty();
  }

  /// The longest payload that comes back.
  ///
  /// @param from a length that is known to come back
  /// @param to one that can be sent
  int longestEcho(int from, int to) throws InterruptedException {
    int longest = longestOf(from, to, COARSE_BYTES);
    return longestOf(longest, Math.min(to, longest + COARSE_BYTES - 1), 1);
  }

  /// All at once, and those that are missing once more: as many as a first congestion window holds.
  private int longestOf(int from, int to, int step) throws InterruptedException {
    int longest = from;
    for (int i = 0; i < 2 && longest < to; i++) {
      var lengths =
          IntStream.iterate(to, length -> length - step).limit((to - longest + step - 1) / step);
      longest = Math.max(longest, round(lengths.toArray()).largest());
    }
    return longest;
  }

  private Echoes round(int[] lengths) throws InterruptedException {
    var round = new Echoes(System.nanoTime(), lengths.length);
    echoes = round;
    flow.ifPresent(
        open ->
            open.stream()
                .eventLoop()
                .execute(
                    () -> {
                      for (int length : lengths) {
                        send(open, round.mark, length);
                      }
                      open.flush();
                    }));
    boolean _ = round.missing.await(ECHO_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    return round;
  }

  /// Payloads sent at once, and what came back of them.
  private static final class Echoes {
    private final long mark;
    private final CountDownLatch missing;
    private final AtomicInteger largest = new AtomicInteger();
    private volatile long backNs;

    private Echoes(long mark, int count) {
      this.mark = mark;
      missing = new CountDownLatch(count);
    }

    private int largest() {
      return largest.get();
    }

    private void back(int lengthBytes) {
      backNs = System.nanoTime();
      int _ = largest.accumulateAndGet(lengthBytes, Math::max);
      missing.countDown();
    }
  }

  private static void send(UdpFlow open, long mark, int lengthBytes) {
    ByteBuf payload = Unpooled.buffer(lengthBytes).writeLong(mark);
    payload.writeZero(lengthBytes - Long.BYTES);
    var _ = open.send(payload);
  }

  /// The largest payload that the tunnel takes now; 0 without one.
  int maxPayloadBytes() throws InterruptedException {
    UdpFlow open = flow.orElse(null);
    if (open == null) {
      return 0;
    }
    var asked = new CompletableFuture<Integer>();
    open.stream().eventLoop().execute(() -> asked.complete(open.maxPayloadBytes()));
    try {
      return asked.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return 0; // the connection is gone
    }
  }

  @Override
  public StreamListener response(RequestStream stream, ResponseHead head) {
    var opened = new UdpFlow(stream, this, new FlowCounters());
    if (head.isSuccess() && head.capsuleObstacle().isEmpty()) {
      opened.open();
      flow = Optional.of(opened);
    } else {
      opened.abort(StreamError.CANCELLED, "refused");
    }
    answer.complete(new Answer.Answered(head, stream.hasDatagrams(), System.nanoTime() - beganNs));
    return opened;
  }

  @Override
  public void failed(RequestFailure failure) {
    answer.complete(new Answer.Failed(failure.toString()));
  }

  @Override
  public void payload(ByteBuf payload) {
    Echoes round = echoes;
    if (payload.readableBytes() >= Long.BYTES
        && payload.getLong(payload.readerIndex()) == round.mark) {
      round.back(payload.readableBytes());
    }
  }

  @Override
  public void ended(FlowEnd end) {
    flow = Optional.empty();
  }

  @Override
  public void close() {
    flow.ifPresent(open -> open.stream().eventLoop().execute(open::close));
  }
}
