package org.vexor.quic;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicChannel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.vexor.quic.direct.DirectConnection;
import org.vexor.quic.quiche.QuicheCalls;
import org.vexor.quic.quiche.Scratch;

/// The datagrams of one connection on their way to QUIC. The event loop gives them to quiche
/// itself, past Netty, which reports those that it throws away as sent; those of other threads wait
/// in a bounded queue.
///
/// ```
/// offer (event loop) ──────────────────▶ quiche's queue ─ at the end of the turn ─▶ packets ─▶ wire
///            no room in quiche's ──▶ dropped
/// offer (any other thread) ─▶ queue ─────▲
///            no room in quiche's ──▶ waits until packets came in
/// ```
final class DatagramSender {
  /// Any result of quiche's that is none of those told apart here.
  private static final int GONE = Integer.MIN_VALUE;

  /// Held while the path is being found out, at most: first flights of some handshakes.
  private static final int MOST_HELD = 64;

  private static final long HELD_LOOK_MS = 2;

  private final QuicChannel channel;
  private final ReceivePass pass;
  private final PathLimit limit;
  private final ManyToOneConcurrentArrayQueue<ByteBuf> queue;
  private final Runnable feedTask = this::feedNow;
  private final AtomicBoolean feedScheduled = new AtomicBoolean();
  private final AtomicLong offered = new AtomicLong();
  private final AtomicLong queueFull = new AtomicLong();
  private final AtomicLong tooLarge = new AtomicLong();
  private final AtomicLong unsupported = new AtomicLong();
  private final AtomicLong closedDrops = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  /// Empty until the handshake is done.
  private Optional<DirectConnection> connection = Optional.empty();

  /// What quiche had no room for; ahead of the queue.
  private Optional<ByteBuf> first = Optional.empty();

  /// Too large for what is known of the path, which is not known for long.
  private final Queue<ByteBuf> held = new ArrayDeque<>();

  private boolean waiting;
  private volatile boolean closed;

  /// What became of a datagram that quiche was offered.
  private enum Given {
    TAKEN,
    NO_ROOM,
    DROPPED
  }

  DatagramSender(
      QuicChannel channel, ReceivePass pass, EndpointOptions options, Runnable pathChanged) {
    this.channel = channel;
    this.pass = pass;
    this.limit =
        new PathLimit(
            channel, options.discoverPathMtu() ? options.maxUdpPayloadBytes() : 0, pathChanged);
    this.queue = new ManyToOneConcurrentArrayQueue<>(Math.max(2, options.datagramQueue()));
  }

  /// Event loop: the peer takes datagrams.
  void enable(int maximum) {
    limit.begin(maximum);
  }

  /// Event loop: the handshake is done.
  void open(DirectConnection established) {
    connection = Optional.of(established);
    feed();
  }

  /// Largest payload now; 0 while the peer takes none.
  int maxBytes() {
    return limit.maxBytes();
  }

  /// Copies `payload`. Any thread.
  ///
  /// @throws IllegalArgumentException when it is empty: QUIC as we have it sends no empty datagrams
  boolean offer(ByteBuffer payload) {
    return admit(payload.remaining())
        && enqueue(channel.alloc().directBuffer(payload.remaining()).writeBytes(payload));
  }

  /// Takes `payload` itself, whatever comes of it. Any thread.
  ///
  /// @throws IllegalArgumentException when it is empty
  boolean offer(ByteBuf payload) {
    boolean admitted = false;
    try {
      admitted = admit(payload.readableBytes());
    } finally {
      if (!admitted) {
        payload.release();
      }
    }
    return admitted && enqueue(payload);
  }

  /// Copies a prefix and what follows it. Any thread.
  ///
  /// @param payload read to its end, and stays the caller's
  boolean offer(byte[] prefix, ByteBuf payload) {
    int length = prefix.length + payload.readableBytes();
    if (!admit(length)) {
      return skip(payload);
    }
    if (mayGiveNow() && length <= limit.maxBytes()) {
      if (waiting) {
        boolean _ = settle(Given.NO_ROOM);
        return skip(payload);
      }
      Scratch scratch = Scratch.ofThread();
      ByteBuf room = scratch.buffer().clear();
      room.writeBytes(prefix).writeBytes(payload, payload.readerIndex(), payload.readableBytes());
      boolean taken = settle(give(scratch.address(), length));
      boolean _ = skip(payload);
      return taken;
    }
    return enqueue(channel.alloc().directBuffer(length).writeBytes(prefix).writeBytes(payload));
  }

  private static boolean skip(ByteBuf payload) {
    payload.skipBytes(payload.readableBytes());
    return false;
  }

  private boolean admit(int length) {
    if (length == 0) {
      throw new IllegalArgumentException("an empty datagram cannot be sent: put a byte into it");
    }
    offered.incrementAndGet();
    int maximum = limit.maxBytes();
    if (closed) {
      closedDrops.incrementAndGet();
      return false;
    }
    if (maximum == 0) {
      unsupported.incrementAndGet();
      return false;
    }
    if (length > maximum && !holds(length)) {
      tooLarge.incrementAndGet();
      return false;
    }
    if (queue.size() >= queue.capacity()) {
      queueFull.incrementAndGet();
      return false;
    }
    return true;
  }

  private boolean mayGiveNow() {
    return channel.eventLoop().inEventLoop()
        && connection.isPresent()
        && first.isEmpty()
        && queue.isEmpty();
  }

  /// Whether a datagram above the limit is taken nevertheless, to be kept for a moment. Event loop;
  /// false elsewhere.
  boolean holds(int length) {
    return channel.eventLoop().inEventLoop()
        && !closed
        && held.size() < MOST_HELD
        && limit.mayFitSoon(length);
  }

  private boolean hold(ByteBuf payload) {
    held.add(payload);
    if (held.size() == 1) {
      lookAtHeld();
    }
    return true;
  }

  private void lookAtHeld() {
    var _ = channel.eventLoop().schedule(this::giveHeld, HELD_LOOK_MS, TimeUnit.MILLISECONDS);
  }

  private void giveHeld() {
    for (int left = held.size(); left > 0; left--) {
      ByteBuf next = held.remove();
      int length = next.readableBytes();
      boolean may = limit.mayFitSoon(length);
      if (length <= limit.maxBytes()) {
        boolean _ = enqueue(next);
      } else if (may) {
        held.add(next);
      } else {
        next.release();
        tooLarge.incrementAndGet();
      }
    }
    if (!held.isEmpty()) {
      lookAtHeld();
    }
  }

  private boolean enqueue(ByteBuf payload) {
    if (payload.readableBytes() > limit.maxBytes() && channel.eventLoop().inEventLoop()) {
      return hold(payload);
    }
    if (mayGiveNow()) {
      boolean taken = settle(waiting ? Given.NO_ROOM : give(payload));
      payload.release();
      return taken;
    }
    if (!queue.offer(payload)) {
      payload.release();
      queueFull.incrementAndGet();
      return false;
    }
    if (closed) {
      // The event loop may have emptied the queue for the last time before the offer.
      channel.eventLoop().execute(this::close);
    } else {
      scheduleFeed();
    }
    return true;
  }

  /// Accounts for a datagram of the event loop's own, which is not kept: who makes more of them
  /// than the window lets out had better lose some at once, while that costs nothing, than all of
  /// them after a wait. quiche is not asked again before packets came in.
  private boolean settle(Given given) {
    if (given == Given.NO_ROOM) {
      queueFull.incrementAndGet();
      if (!waiting) {
        waiting = true;
        pass.retry(this);
      }
    }
    return given == Given.TAKEN;
  }

  private void scheduleFeed() {
    if (!feedScheduled.get() && feedScheduled.compareAndSet(false, true)) {
      channel.eventLoop().execute(feedTask);
    }
  }

  /// Offers it to quiche, which copies it, and accounts for it unless there was no room.
  private Given give(ByteBuf payload) {
    int length = payload.readableBytes();
    if (payload.hasMemoryAddress()) {
      return give(payload.memoryAddress() + payload.readerIndex(), length);
    }
    Scratch scratch = Scratch.ofThread();
    scratch.buffer().clear().writeBytes(payload, payload.readerIndex(), length);
    return give(scratch.address(), length);
  }

  private Given give(long memory, int length) {
    DirectConnection to = connection.orElseThrow();
    int result = give(to, memory, length);
    if (result == QuicheCalls.DONE) {
      // Packets make room; a closed window does not.
      pass.flush(to);
      result = give(to, memory, length);
    }
    if (result == QuicheCalls.DONE) {
      return Given.NO_ROOM;
    }
    if (result >= 0) {
      sent.incrementAndGet();
      to.given();
      scheduleFeed();
      return Given.TAKEN;
    }
    if (result == QuicheCalls.BUFFER_TOO_SHORT) {
      tooLarge.incrementAndGet();
      limit.expire();
    } else {
      closedDrops.incrementAndGet();
    }
    return Given.DROPPED;
  }

  private static int give(DirectConnection to, long memory, int length) {
    long address = to.address();
    return address == -1 ? GONE : QuicheCalls.sendDatagram(address, memory, length);
  }

  private void feedNow() {
    feedScheduled.set(false);
    feed();
  }

  /// Event loop: packets came in since QUIC took no more.
  void feedAgain() {
    waiting = false;
    feed();
  }

  /// Event loop: gives QUIC what it takes.
  private void feed() {
    if (connection.isEmpty() || waiting || closed) {
      return;
    }
    limit.check(System.nanoTime());
    while (peek().isPresent()) {
      ByteBuf next = first.orElseThrow();
      if (give(next) == Given.NO_ROOM) {
        waiting = true;
        pass.retry(this);
        break;
      }
      first = Optional.empty();
      next.release();
    }
    if (connection.get().isUnsent()) {
      pass.flush(connection.get());
    }
  }

  private Optional<ByteBuf> peek() {
    if (first.isEmpty()) {
      first = Optional.ofNullable(queue.poll());
    }
    return first;
  }

  void received() {
    received.incrementAndGet();
  }

  /// Event loop: drops what waits.
  void close() {
    closed = true;
    limit.end();
    held.forEach(ByteBuf::release);
    closedDrops.addAndGet(held.size());
    held.clear();
    while (peek().isPresent()) {
      first.orElseThrow().release();
      first = Optional.empty();
      closedDrops.incrementAndGet();
    }
    connection.ifPresent(pass::forget);
  }

  DatagramCounters counters() {
    long out = sent.get();
    long full = queueFull.get();
    long large = tooLarge.get();
    long refused = unsupported.get();
    long late = closedDrops.get();
    long in = offered.get();
    long left = Math.max(0, in - out - full - large - refused - late);
    return new DatagramCounters(in, out, left, full, large, refused, late, received.get());
  }
}
