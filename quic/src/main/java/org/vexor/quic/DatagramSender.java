package org.vexor.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/// The datagrams of one connection on their way to QUIC: a bounded queue that any thread fills and
/// the event loop empties, as far as QUIC takes them.
///
/// ```
/// offer (any thread) → queue → staged ─ write, mark, write, mark … flush ─→ quiche's queue → congestion control → wire
///                                └ what quiche had no room for stays staged until packets came in
/// ```
final class DatagramSender {
  /// Datagrams given to QUIC in one flush.
  private static final int BATCH = 64;

  /// What a short-header packet adds to a datagram, besides a connection id of 0 to 20 bytes: first
  /// byte, packet number as quiche reserves it, authentication tag, frame type and length.
  private static final int SMALLEST_OVERHEAD_BYTES = 1 + 4 + 16 + 3;

  private static final int LARGEST_OVERHEAD_BYTES = SMALLEST_OVERHEAD_BYTES + 20;
  private static final long PATH_CHECK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);

  /// Discovery of the path is over within a few round trips; after that little changes.
  private static final long FIRST_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long LONGEST_LOOK_NS = TimeUnit.SECONDS.toNanos(5);

  private final QuicChannel channel;
  private final ReceivePass pass;
  private final Runnable pathChanged;
  private final ManyToOneConcurrentArrayQueue<ByteBuf> queue;
  private final Runnable feedTask = this::feedNow;
  private final AtomicBoolean feedScheduled = new AtomicBoolean();
  private final ByteBuf[] staged = new ByteBuf[BATCH];
  private final TakenMark[] marks = new TakenMark[BATCH];
  private final AtomicLong offered = new AtomicLong();
  private final AtomicLong queueFull = new AtomicLong();
  private final AtomicLong tooLarge = new AtomicLong();
  private final AtomicLong unsupported = new AtomicLong();
  private final AtomicLong closedDrops = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private @Nullable ChannelHandlerContext context;

  /// Learned when the connection opens, as the length of the peer's connection ids is not told.
  /// Empty when the peer's own limit is below what a packet holds: then the limit stays as it is.
  private OptionalInt overheadBytes = OptionalInt.empty();

  private int stagedCount;
  private boolean waiting;
  private int tooLargeInFlush;
  private long pathCheckedNs;
  private volatile int maxBytes;
  private volatile boolean closed;

  DatagramSender(QuicChannel channel, ReceivePass pass, int capacity, Runnable pathChanged) {
    this.channel = channel;
    this.pass = pass;
    this.pathChanged = pathChanged;
    this.queue = new ManyToOneConcurrentArrayQueue<>(Math.max(2, capacity));
  }

  /// Event loop: the peer takes datagrams.
  ///
  /// @param first the first handler of the connection's pipeline, so that no other handler sees
  ///   them
  void enable(ChannelHandlerContext first, int maximum) {
    context = first;
    maxBytes = maximum;
    pathCheckedNs = System.nanoTime();
    int difference = pathMtu().orElse(0) - maximum;
    boolean ofPacket =
        difference >= SMALLEST_OVERHEAD_BYTES && difference <= LARGEST_OVERHEAD_BYTES;
    overheadBytes = ofPacket ? OptionalInt.of(difference) : OptionalInt.empty();
    lookAfter(FIRST_LOOK_NS);
  }

  /// Looks at the path also while nothing is sent, at growing intervals.
  private void lookAfter(long delayNs) {
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (!closed) {
                    learnPath(System.nanoTime());
                    lookAfter(Math.min(2 * delayNs, LONGEST_LOOK_NS));
                  }
                },
                delayNs,
                TimeUnit.NANOSECONDS);
  }

  /// Largest payload now; 0 while the peer takes none.
  int maxBytes() {
    return maxBytes;
  }

  /// Copies `payload` into the queue. Any thread.
  ///
  /// @throws IllegalArgumentException when it is empty: Netty sends no empty datagrams
  boolean offer(ByteBuffer payload) {
    return admit(payload.remaining())
        && enqueue(channel.alloc().directBuffer(payload.remaining()).writeBytes(payload));
  }

  /// Queues `payload` itself, which is taken over whatever comes of it. Any thread.
  ///
  /// @param payload direct and contiguous, or Netty copies it
  /// @throws IllegalArgumentException when it is empty: Netty sends no empty datagrams
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

  private boolean admit(int length) {
    if (length == 0) {
      throw new IllegalArgumentException("an empty datagram cannot be sent: put a byte into it");
    }
    offered.incrementAndGet();
    int maximum = maxBytes;
    if (closed) {
      closedDrops.incrementAndGet();
      return false;
    }
    if (maximum == 0) {
      unsupported.incrementAndGet();
      return false;
    }
    if (length > maximum) {
      tooLarge.incrementAndGet();
      return false;
    }
    if (queue.size() >= queue.capacity()) {
      queueFull.incrementAndGet();
      return false;
    }
    return true;
  }

  private boolean enqueue(ByteBuf payload) {
    if (!queue.offer(payload)) {
      payload.release();
      queueFull.incrementAndGet();
      return false;
    }
    if (closed) {
      // The event loop may have emptied the queue for the last time before the offer.
      channel.eventLoop().execute(this::close);
    } else if (feedScheduled.compareAndSet(false, true)) {
      channel.eventLoop().execute(feedTask);
    }
    return true;
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
    ChannelHandlerContext head = context;
    if (head == null || waiting) {
      return;
    }
    checkPath(System.nanoTime());
    boolean more = true;
    while (more && channel.isActive()) {
      stage();
      more = stagedCount > 0 && flushStaged(head);
    }
    if (stagedCount > 0 && !closed) {
      waiting = true;
      pass.retry(this);
    }
  }

  private void stage() {
    while (stagedCount < BATCH) {
      ByteBuf next = queue.poll();
      if (next == null) {
        return;
      }
      staged[stagedCount++] = next;
    }
  }

  /// Whether QUIC took all that was staged.
  private boolean flushStaged(ChannelHandlerContext head) {
    int count = stagedCount;
    for (int i = 0; i < count; i++) {
      var _ = head.write(staged[i].retain(), channel.voidPromise());
      var _ = head.write(mark(i), channel.voidPromise());
    }
    for (int i = 0; i < count; i++) {
      marks[i].forget();
    }
    tooLargeInFlush = 0;
    head.flush();
    int taken = 0;
    while (taken < count && marks[taken].seen()) {
      staged[taken++].release();
    }
    System.arraycopy(staged, taken, staged, 0, count - taken);
    stagedCount = count - taken;
    sent.addAndGet(taken - tooLargeInFlush);
    return taken == count;
  }

  private TakenMark mark(int index) {
    TakenMark mark = marks[index];
    if (mark == null) {
      mark = new TakenMark();
      marks[index] = mark;
    }
    return mark;
  }

  /// Event loop: QUIC refused one datagram of this flush, as the path carries less than it did.
  void refusedAsTooLarge() {
    tooLargeInFlush++;
    tooLarge.incrementAndGet();
    pathCheckedNs = System.nanoTime() - PATH_CHECK_INTERVAL_NS;
  }

  void received() {
    received.incrementAndGet();
  }

  /// Event loop: learns what the path carries now; Netty says it only once, before discovery is
  /// done.
  void checkPath(long nowNs) {
    if (nowNs - pathCheckedNs >= PATH_CHECK_INTERVAL_NS) {
      learnPath(nowNs);
    }
  }

  private void learnPath(long nowNs) {
    if (maxBytes == 0) {
      return;
    }
    pathCheckedNs = nowNs;
    OptionalInt mtu = pathMtu();
    if (mtu.isPresent() && overheadBytes.isPresent()) {
      int maximum = mtu.getAsInt() - overheadBytes.getAsInt();
      if (maximum > 0 && maximum != maxBytes) {
        maxBytes = maximum;
        pathChanged.run();
      }
    }
  }

  private OptionalInt pathMtu() {
    Future<QuicConnectionPathStats> path = channel.collectPathStats(0);
    return path.isSuccess()
        ? OptionalInt.of(Math.toIntExact(path.getNow().pmtu()))
        : OptionalInt.empty();
  }

  /// Event loop: drops what waits.
  void close() {
    closed = true;
    stage();
    while (stagedCount > 0) {
      while (stagedCount > 0) {
        staged[--stagedCount].release();
        closedDrops.incrementAndGet();
      }
      stage();
    }
  }

  DatagramCounters counters() {
    long out = sent.get();
    long full = queueFull.get();
    long large = tooLarge.get();
    long refused = unsupported.get();
    long late = closedDrops.get();
    long in = offered.get();
    long waiting = Math.max(0, in - out - full - large - refused - late);
    return new DatagramCounters(in, out, waiting, full, large, refused, late, received.get());
  }
}
