package org.vexor.quic.message;

import io.netty.handler.codec.quic.QuicChannel;
import org.vexor.quic.quiche.QuicheCalls;
import org.vexor.quic.quiche.Scratch;

/// Sends messages on an established connection, a unidirectional stream each. Event loop only.
///
/// @param <T> what the user knows a message by
public final class MessageSender<T> {
  /// What became of an offer.
  public enum Taken {
    /// All of it is quiche's now, or will be as soon as there is room; nothing more to do.
    YES,

    /// The peer allows no more streams now.
    NO_CREDIT,

    /// As much is under way as the congestion window, the peer's window, or this sender allows.
    NO_ROOM,

    /// The connection is over.
    CLOSED
  }

  /// Is told what becomes of messages, in the order in which they were taken.
  public interface Outcome<T> {
    /// The peer has all of it.
    ///
    /// @param takenNs as it was given with the offer
    void acknowledged(T message, long takenNs);

    /// The peer wants no more of it.
    void stopped(T message, long takenNs);
  }

  /// Most connections never have more under way at a time.
  private static final int FIRST_SLOTS = 16;

  private final QuicChannel channel;
  private final Object connection;
  private final Scratch scratch;
  private final Outcome<T> outcome;
  private final int limit;
  private Object[] messages = new Object[FIRST_SLOTS];
  private long[] streams = new long[FIRST_SLOTS];
  private long[] takenNs = new long[FIRST_SLOTS];
  private int mask = FIRST_SLOTS - 1;
  private long head;
  private long tail;

  /// Of the last message taken, what quiche has not taken yet: from `restFrom` on.
  private byte[] rest = {};

  private int restFrom;

  /// For an established connection.
  ///
  /// @param underWay messages taken and not acknowledged, at most
  public MessageSender(QuicChannel channel, int underWay, Outcome<T> outcome) {
    this.channel = channel;
    this.connection = QuicheCalls.connection(channel);
    this.scratch = Scratch.ofThread();
    this.outcome = outcome;
    this.limit = underWay;
  }

  /// Streams that the peer allows to open now.
  public long credit() {
    long address = QuicheCalls.address(connection);
    return address == -1 ? 0 : QuicheCalls.streamsLeft(address);
  }

  /// Takes a message, if it can be begun now. It goes out at the next [#flush], or with the answers
  /// of the turn when this is called from within one.
  ///
  /// @param bytes all of it, 1 to 65,535; not to be changed before it is acknowledged
  /// @param nowNs given back with the outcome
  public Taken offer(T message, byte[] bytes, long nowNs) {
    long address = QuicheCalls.address(connection);
    if (address == -1) {
      return Taken.CLOSED;
    }
    if (tail - head >= limit || !restIsTaken(address)) {
      return Taken.NO_ROOM;
    }
    if (QuicheCalls.streamsLeft(address) <= 0) {
      return Taken.NO_CREDIT;
    }
    if (tail - head > mask) {
      grow();
    }
    int slot = (int) tail & mask;
    streams[slot] = QuicheCalls.nextStream(channel);
    messages[slot] = message;
    takenNs[slot] = nowNs;
    tail++;
    rest = bytes;
    restFrom = 0;
    boolean _ = restIsTaken(address);
    return Taken.YES;
  }

  private void grow() {
    int slots = 2 * (mask + 1);
    var moreMessages = new Object[slots];
    var moreStreams = new long[slots];
    var moreTakenNs = new long[slots];
    for (long i = head; i < tail; i++) {
      int from = (int) i & mask;
      int to = (int) i & (slots - 1);
      moreMessages[to] = messages[from];
      moreStreams[to] = streams[from];
      moreTakenNs[to] = takenNs[from];
    }
    messages = moreMessages;
    streams = moreStreams;
    takenNs = moreTakenNs;
    mask = slots - 1;
  }

  /// Goes on with the last message; whether all of it is quiche's.
  private boolean restIsTaken(long address) {
    if (restFrom == rest.length) {
      return true;
    }
    int length = rest.length - restFrom;
    scratch.fill(rest, restFrom, length);
    long stream = streams[(int) (tail - 1) & mask];
    int taken = QuicheCalls.send(address, stream, scratch.address(), length, true);
    if (taken >= 0) {
      restFrom += taken;
    } else if (taken != QuicheCalls.DONE) {
      // Stopped by the peer, or the connection is ending: settle() or its close says so.
      restFrom = rest.length;
    }
    return restFrom == rest.length;
  }

  /// Tells the outcomes that are known by now, and goes on with what was begun. To be called when
  /// packets came.
  public void settle() {
    while (head != tail) {
      long address = QuicheCalls.address(connection);
      if (address == -1) {
        return;
      }
      boolean whole = head + 1 != tail || restIsTaken(address);
      int slot = (int) head & mask;
      long capacity = whole ? QuicheCalls.capacity(address, streams[slot]) : 0;
      if (capacity >= 0) {
        // The last one may be begun and the first one still be under way.
        boolean _ = restIsTaken(address);
        return;
      }
      long beganNs = takenNs[slot];
      T message = takeFirst();
      if (capacity == QuicheCalls.STREAM_STOPPED) {
        outcome.stopped(message, beganNs);
      } else {
        outcome.acknowledged(message, beganNs);
      }
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // slots from head to tail hold messages of T
  private T takeFirst() {
    int slot = (int) head & mask;
    T message = (T) messages[slot];
    messages[slot] = null;
    head++;
    return message;
  }

  /// Sends what was taken, outside of a turn.
  public void flush() {
    if (QuicheCalls.address(connection) != -1) {
      QuicheCalls.sendAndFlush(channel);
    }
  }

  /// Messages taken without an outcome.
  public int underWay() {
    return (int) (tail - head);
  }

  /// Takes back the oldest message without an outcome, when the connection is over.
  ///
  /// @throws IllegalStateException when there is none; [#underWay] tells
  public T abandon() {
    if (head == tail) {
      throw new IllegalStateException("nothing is under way");
    }
    return takeFirst();
  }
}
