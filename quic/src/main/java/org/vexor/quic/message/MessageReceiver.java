package org.vexor.quic.message;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap.PrimitiveEntry;
import java.util.Iterator;
import org.vexor.quic.quiche.QuicheCalls;
import org.vexor.quic.quiche.Scratch;

/// Reads the messages that a peer sends on an established connection whose channel does not read by
/// itself (auto-read off). Event loop only.
public final class MessageReceiver {
  /// What a peer is told about a stream that is not read to its end; the code means nothing to
  /// Solana's clients.
  private static final int UNWANTED = 0;

  private final QuicChannel channel;
  private final Object connection;
  private final Scratch scratch;
  private final int maxBytes;
  private final long patienceNs;
  private final MessageSink sink;
  private final LongObjectHashMap<Unfinished> unfinished = new LongObjectHashMap<>(4);

  /// For an established connection.
  ///
  /// @param maxBytes of a message, below 64 KiB
  /// @param patienceNs between the first and the last byte of a message
  public MessageReceiver(QuicChannel channel, int maxBytes, long patienceNs, MessageSink sink) {
    if (maxBytes < 1 || maxBytes >= Scratch.CAPACITY_BYTES) {
      throw new IllegalArgumentException(
          "messages of " + maxBytes + " bytes; it is 1 to " + (Scratch.CAPACITY_BYTES - 1));
    }
    this.channel = channel;
    this.connection = QuicheCalls.connection(channel);
    this.scratch = Scratch.ofThread();
    this.maxBytes = maxBytes;
    this.patienceNs = patienceNs;
    this.sink = sink;
  }

  /// Reads as many streams as the sink allows.
  ///
  /// @return whether the allowance was used up, so that more may be readable
  public boolean read(long nowNs) {
    int left = sink.allowance();
    long address = QuicheCalls.address(connection);
    if (address == -1) {
      return false;
    }
    if (left <= 0) {
      return true;
    }
    long iterator = QuicheCalls.readable(address);
    if (iterator == -1) {
      return false;
    }
    try {
      return read(iterator, left, nowNs);
    } finally {
      QuicheCalls.free(iterator);
    }
  }

  private boolean read(long iterator, int allowance, long nowNs) {
    long[] streams = scratch.streams();
    int left = allowance;
    int count;
    do {
      count = QuicheCalls.next(iterator, streams);
      for (int i = 0; i < count; i++) {
        // The sink may have closed the connection.
        long address = QuicheCalls.address(connection);
        if (left-- == 0 || address == -1) {
          return address != -1;
        }
        readStream(address, streams[i], nowNs);
      }
    } while (count == streams.length);
    return false;
  }

  private void readStream(long address, long stream, long nowNs) {
    boolean over = false;
    while (!over) {
      int count =
          QuicheCalls.receive(
              address,
              stream,
              scratch.address(),
              Scratch.CAPACITY_BYTES,
              scratch.endFlagAddress(),
              scratch.resetCodeAddress());
      if (count == QuicheCalls.DONE) {
        return;
      }
      if (count < 0) {
        unfinished.remove(stream);
        sink.refused(MessageSink.Refusal.RESET);
        return;
      }
      over = take(address, stream, count, scratch.ended(), nowNs);
    }
  }

  /// Whether the stream is done with.
  private boolean take(long address, long stream, int count, boolean ended, long nowNs) {
    Unfinished before = unfinished.isEmpty() ? null : unfinished.get(stream);
    int length = count + (before == null ? 0 : before.length());
    if (length > maxBytes) {
      unfinished.remove(stream);
      if (!ended) {
        int _ = QuicheCalls.shutdown(address, stream, QuicheCalls.SHUTDOWN_READ, UNWANTED);
      }
      sink.refused(MessageSink.Refusal.TOO_LARGE);
      return true;
    }
    if (!ended) {
      Unfinished now = before == null ? new Unfinished(count, nowNs) : before;
      now.add(scratch, count);
      unfinished.put(stream, now);
      return false;
    }
    if (length == 0) {
      sink.refused(MessageSink.Refusal.EMPTY);
    } else if (before == null) {
      sink.message(scratch.lend(count));
    } else {
      unfinished.remove(stream);
      before.add(scratch, count);
      sink.message(before.whole());
    }
    return true;
  }

  /// Gives up what has waited too long for its rest.
  public void expire(long nowNs) {
    long address = QuicheCalls.address(connection);
    if (address == -1 || unfinished.isEmpty()) {
      return;
    }
    int expired = 0;
    Iterator<PrimitiveEntry<Unfinished>> all = unfinished.entries().iterator();
    while (all.hasNext()) {
      PrimitiveEntry<Unfinished> entry = all.next();
      if (nowNs - entry.value().sinceNs() > patienceNs) {
        int _ = QuicheCalls.shutdown(address, entry.key(), QuicheCalls.SHUTDOWN_READ, UNWANTED);
        all.remove();
        expired++;
      }
    }
    for (int i = 0; i < expired; i++) {
      sink.refused(MessageSink.Refusal.TOO_SLOW);
    }
  }

  /// Messages that wait for their rest.
  public int unfinished() {
    return unfinished.size();
  }

  /// Sends what reading has allowed, outside of a turn.
  public void flush() {
    if (QuicheCalls.address(connection) != -1) {
      QuicheCalls.sendAndFlush(channel);
    }
  }
}
