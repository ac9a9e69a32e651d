package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.memory.Impairment;
import org.vexor.packet.memory.MemoryNetwork;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.TlsOptions;

/// QUIC over a simulated network that loses, doubles, delays and reorders.
final class ImpairedNetworkTest {
  /// Bytes to move; the build moves few. `-Dvexor.quic.bytes=100000000` for the whole.
  private static final long BYTES = Long.getLong("vexor.quic.bytes", 2_000_000);

  private static final int CONNECTIONS = 16;
  private static final int CHUNK_BYTES = 16_384;
  private static final Impairment BAD =
      Impairment.NONE
          .withLoss(0.05)
          .withDuplication(0.02)
          .withDelay(TimeUnit.MILLISECONDS.toNanos(25), TimeUnit.MILLISECONDS.toNanos(5));

  private final MemoryNetwork network = new MemoryNetwork(42);
  private final Lab lab =
      Lab.ports("memory", 2, () -> network.engine(EngineOptions.DEFAULT.withFrames(8_192, 4_096)));

  @AfterEach
  void closeAll() {
    lab.close();
  }

  private QuicServer server(Application application) {
    return lab.serverAt(
        new InetSocketAddress("10.0.0.1", 9_000),
        TlsOptions.solana(Lab.SERVER_IDENTITY),
        EndpointOptions.DEFAULT,
        ConnectionLimits.DEFAULT
            .withConnections(100, 100)
            .withHandshakeTimeout(Duration.ofSeconds(20)),
        application);
  }

  private QuicClient client(EndpointOptions options) {
    return lab.clientAt(
        new InetSocketAddress("10.0.0.2", 0), TlsOptions.solana(Lab.CLIENT_IDENTITY), options);
  }

  private static ConnectRequest request(QuicServer server, Application application) {
    return ConnectRequest.pinned(server.localAddress(), Lab.serverKey(), application)
        .withTimeout(Duration.ofSeconds(20));
  }

  /// Byte `at` of stream `number`, so that each receiver knows what must come.
  private static byte expected(int number, long at) {
    return (byte) (number * 31L + at * 7 + (at >>> 12));
  }

  private static CRC32C checksum(int number, long length) {
    var checksum = new CRC32C();
    for (long at = 0; at < length; at++) {
      checksum.update(expected(number, at));
    }
    return checksum;
  }

  /// Adds up what arrives: the first byte says which stream it is.
  private static final class Summer implements StreamReceiver {
    private final List<CompletableFuture<String>> sums;
    private final CRC32C checksum = new CRC32C();
    private long length;
    private int number = -1;

    private Summer(List<CompletableFuture<String>> sums) {
      this.sums = sums;
    }

    @Override
    public void data(QuicStream stream, ByteBuffer chunk) {
      if (number < 0) {
        number = chunk.get();
      }
      length += chunk.remaining();
      checksum.update(chunk);
    }

    @Override
    public void finished(QuicStream stream) {
      sums.get(number).complete(length + " " + checksum.getValue());
    }
  }

  /// Writes as much as the stream takes, again and again.
  private static final class Writer implements StreamReceiver {
    private final int number;
    private final long length;
    private long written;

    private Writer(int number, long length) {
      this.number = number;
      this.length = length;
    }

    private void start(QuicStream stream) {
      stream.write(ByteBuffer.wrap(new byte[] {(byte) number}));
      writable(stream);
    }

    @Override
    public void data(QuicStream stream, ByteBuffer chunk) {
      throw new AssertionError("nothing is sent back");
    }

    @Override
    public void writable(QuicStream stream) {
      while (written < length && stream.isWritable()) {
        var chunk = new byte[(int) Math.min(CHUNK_BYTES, length - written)];
        for (int i = 0; i < chunk.length; i++) {
          chunk[i] = expected(number, written + i);
        }
        written += chunk.length;
        if (written == length) {
          stream.finish(ByteBuffer.wrap(chunk));
        } else {
          stream.write(ByteBuffer.wrap(chunk));
        }
        stream.flush();
      }
    }
  }

  @Test
  void everythingArrivesIntactThroughLossReorderingAndDuplication() throws Exception {
    var sums = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < CONNECTIONS; i++) {
      sums.add(new CompletableFuture<>());
    }
    QuicServer server = server(new Application.Callbacks(_ -> _ -> new Summer(sums)));
    QuicClient client = client(EndpointOptions.DEFAULT);
    network.impair(BAD);
    long each = BYTES / CONNECTIONS;
    for (int i = 0; i < CONNECTIONS; i++) {
      QuicConnection connection =
          Lab.await(client.connect(request(server, Application.sendOnly())));
      var writer = new Writer(i, each);
      QuicStream stream = Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, writer));
      stream.channel().eventLoop().execute(() -> writer.start(stream));
    }
    long beganNs = System.nanoTime();
    for (int i = 0; i < CONNECTIONS; i++) {
      String sum = sums.get(i).get(10, TimeUnit.MINUTES);
      assertEquals(each + " " + checksum(i, each).getValue(), sum);
    }
    System.out.printf(
        "%d bytes in %.1f s, %d datagrams doubled%n",
        each * CONNECTIONS, (System.nanoTime() - beganNs) / 1e9, network.duplicates());
    assertTrue(network.duplicates() > 0);
  }

  @Test
  void aPeerThatFallsSilentIsNoticedWithinTheIdleTimeout() throws Exception {
    var serverSide = new Recorder();
    QuicServer server = server(Recorder.application(serverSide));
    Duration idle = Duration.ofMillis(500);
    QuicClient client = client(EndpointOptions.DEFAULT.withIdleTimeout(idle));
    QuicConnection connection = Lab.await(client.connect(request(server, Application.sendOnly())));
    Lab.await(serverSide.opened);
    network.impair(Impairment.NONE.withLoss(1));
    long beganNs = System.nanoTime();
    assertEquals(CloseReason.Kind.IDLE_TIMEOUT, Lab.await(connection.closed()).kind());
    assertEquals(CloseReason.Kind.IDLE_TIMEOUT, Lab.await(serverSide.closed).kind());
    long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
    assertTrue(tookMs < 5 * idle.toMillis(), () -> "noticed after " + tookMs + " ms");
  }

  /// What the network loses is gone, and what was sent and what arrived add up.
  @Test
  void datagramsAreLostByTheNetworkAlone() throws Exception {
    var serverSide = new Recorder();
    QuicServer server = server(Recorder.application(serverSide));
    QuicClient client = client(EndpointOptions.DEFAULT);
    QuicConnection connection = Lab.await(client.connect(request(server, Application.sendOnly())));
    Lab.await(serverSide.opened);
    for (int i = 0; i < 1_000; i++) {
      while (!connection.sendDatagram(ByteBuffer.allocate(1_000))) {
        Thread.onSpinWait();
      }
    }
    Lab.await("queue empty", () -> connection.datagramCounters().queued() == 0);
    assertEquals(1_000, connection.datagramCounters().sent());
    Lab.await("arrival", () -> serverSide.datagrams.size() == 1_000);
  }
}
