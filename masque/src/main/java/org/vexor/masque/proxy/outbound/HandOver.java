package org.vexor.masque.proxy.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;

/// A socket on a packet loop for a stream that lives on another one: payloads are copied and handed
/// over as tasks, so many at a time and no more.
final class HandOver implements TargetSocket {
  /// Under way in one direction; more than a TCP window brings at once.
  private static final int MOST = 512;

  private final EventLoop streamLoop;
  private final EventLoop socketLoop;
  private final TargetListener listener;
  private final LongAdder drops;
  private final AtomicInteger outward = new AtomicInteger();
  private final AtomicInteger inward = new AtomicInteger();

  /// Socket loop only.
  private @Nullable TargetSocket socket;

  private volatile boolean closed;

  private HandOver(
      EventLoop streamLoop, EventLoop socketLoop, TargetListener listener, LongAdder drops) {
    this.streamLoop = streamLoop;
    this.socketLoop = socketLoop;
    this.listener = listener;
    this.drops = drops;
  }

  static CompletionStage<TargetSocket> open(
      EventLoop streamLoop,
      LoopSockets there,
      Endpoint target,
      TargetListener listener,
      LongAdder drops) {
    var result = new CompletableFuture<TargetSocket>();
    var hand = new HandOver(streamLoop, there.loop(), listener, drops);
    there
        .loop()
        .execute(
            () -> {
              try {
                hand.socket = there.open(target, hand.new Ear());
                hand.toStream(() -> result.complete(hand));
              } catch (PortException e) {
                hand.toStream(() -> result.completeExceptionally(e));
              }
            });
    return result;
  }

  private void toStream(Runnable task) {
    try {
      streamLoop.execute(task);
    } catch (RejectedExecutionException _) {
      // The stream's loop has ended, and its streams with it.
      closeSocket();
    }
  }

  private void closeSocket() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  @Override
  public void send(ByteBuf payload) {
    if (closed || outward.incrementAndGet() > MOST) {
      int _ = closed ? 0 : outward.decrementAndGet();
      drops.increment();
      return;
    }
    ByteBuf copy = payload.alloc().directBuffer(payload.readableBytes()).writeBytes(payload);
    socketLoop.execute(
        () -> {
          int _ = outward.decrementAndGet();
          if (socket != null) {
            socket.send(copy);
          }
          copy.release();
        });
  }

  @Override
  public void flush() {
    socketLoop.execute(
        () -> {
          if (socket != null) {
            socket.flush();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    socketLoop.execute(this::closeSocket);
  }

  /// On the socket's loop.
  private final class Ear implements TargetListener {
    @Override
    public void received(ByteBuf payload) {
      if (inward.incrementAndGet() > MOST) {
        int _ = inward.decrementAndGet();
        drops.increment();
        return;
      }
      ByteBuf copy = payload.alloc().directBuffer(payload.readableBytes()).writeBytes(payload);
      toStream(
          () -> {
            int _ = inward.decrementAndGet();
            if (!closed) {
              listener.received(copy);
            }
            copy.release();
          });
    }

    @Override
    public void batchRead() {
      toStream(
          () -> {
            if (!closed) {
              listener.batchRead();
            }
          });
    }

    @Override
    public void failed(int errno) {
      toStream(
          () -> {
            if (!closed) {
              listener.failed(errno);
            }
          });
    }
  }
}
