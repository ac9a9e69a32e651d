package org.vexor.bench.masque;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.vexor.masque.http.FlowCounters;
import org.vexor.masque.http.FlowEnd;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestStream;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.StreamListener;
import org.vexor.masque.http.UdpFlow;
import org.vexor.masque.http.UdpFlowHandler;

/// One tunnel to an echo server. Its datagrams carry their number; one that comes back tells which
/// before it were lost, as the way keeps their order. On the event loop, but for [#opened].
final class PumpedTunnel implements ResponseHandler, UdpFlowHandler {
  /// With nothing heard for so long, all that is under way is lost.
  private static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(250);

  private final CompletableFuture<UdpFlow> opened = new CompletableFuture<>();
  private final ByteBuf datagram;
  private final int window;
  private long sent;
  private long received;
  private long lost;

  /// The number after the last one that came back or is given up.
  private long settled;

  private long heardNs;

  /// @param window under way at a time; 0 when each is sent by [#send]
  PumpedTunnel(int sizeBytes, int window) {
    this.datagram = Unpooled.directBuffer(sizeBytes).writeZero(sizeBytes);
    this.window = window;
  }

  CompletableFuture<UdpFlow> opened() {
    return opened;
  }

  @Override
  public StreamListener response(RequestStream stream, ResponseHead head) {
    var flow = new UdpFlow(stream, this, new FlowCounters());
    if (head.isSuccess()) {
      flow.open();
      opened.complete(flow);
    } else {
      opened.completeExceptionally(new IllegalStateException("refused: " + head));
    }
    return flow;
  }

  @Override
  public void failed(RequestFailure failure) {
    opened.completeExceptionally(new IllegalStateException("refused: " + failure));
  }

  /// Fills the window.
  void fill() {
    heardNs = System.nanoTime();
    while (sent - settled < window) {
      send();
    }
  }

  /// Sends one more, which is lost at once when there is no room.
  void send() {
    datagram.setLong(0, sent++).setIndex(0, datagram.capacity());
    UdpFlow.Sent _ = opened.join().send(datagram);
  }

  /// Gives up what is under way when nothing was heard for long.
  void check() {
    long nowNs = System.nanoTime();
    if (sent > settled && nowNs - heardNs > SILENCE_NS) {
      lost += sent - settled;
      settled = sent;
      fill();
    }
  }

  @Override
  public void payload(ByteBuf payload) {
    long number = payload.getLong(payload.readerIndex());
    received++;
    if (number >= settled) {
      lost += number - settled;
      settled = number + 1;
    } else {
      // Late, and given up already.
      lost--;
    }
  }

  @Override
  public void payloadsRead() {
    fill();
  }

  @Override
  public void ended(FlowEnd end) {
    opened.completeExceptionally(new IllegalStateException("the tunnel ended: " + end));
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  long lost() {
    return lost;
  }
}
