package org.vexor.bench.quic;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.vexor.quic.ConnectionHandler;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamReceiver;

/// The two ends of a download: whoever opens a stream and finishes it gets so many bytes back.
final class Download {
  private static final int CHUNK_BYTES = 65_536;

  private Download() {}

  /// Sends as much as the stream takes whenever it takes some.
  record Sender(long bytes) implements ConnectionHandler {
    @Override
    public StreamReceiver streamOpened(QuicStream stream) {
      return new StreamReceiver() {
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        private long left = bytes;

        @Override
        public void data(QuicStream request, ByteBuffer ignored) {}

        @Override
        public void finished(QuicStream request) {
          writable(request);
        }

        @Override
        public void writable(QuicStream request) {
          while (left > 0 && request.isWritable()) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, left));
            left -= chunk.remaining();
            if (left == 0) {
              request.finish(chunk);
            } else {
              request.write(chunk);
            }
            request.flush();
          }
        }
      };
    }
  }

  /// Counts what comes.
  static final class Receiver implements StreamReceiver {
    private final AtomicLong bytes = new AtomicLong();
    private final CountDownLatch whole = new CountDownLatch(1);

    @Override
    public void data(QuicStream stream, ByteBuffer chunk) {
      bytes.addAndGet(chunk.remaining());
    }

    @Override
    public void finished(QuicStream stream) {
      whole.countDown();
    }

    long bytes() {
      return bytes.get();
    }

    void await() throws InterruptedException {
      whole.await();
    }
  }
}
