package org.vexor.bench.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.SendBatch;
import org.vexor.linux.socket.SocketAddress;
import org.vexor.linux.socket.SocketOption;
import org.vexor.linux.socket.UdpSocket;
import org.vexor.linux.uring.IoUring;

/// One datagram to each of 64 peers, as turbine sends them: by one sendmmsg(2), and as 64 requests
/// in one io_uring_enter(2). Loopback; the peers never read, so what is measured is the sending and
/// the drop at a full socket.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanOutBenchmark {
  private static final int PEERS = 64;
  private static final int LENGTH = 1228;
  private static final int HEADER_BYTES = 64;
  private static final int NAME_BYTES = 32;
  private static final int VECTOR_BYTES = 16;
  private static final int MSG_DONTWAIT = 0x40;
  private static final long LOOPBACK = SocketAddress.MAPPED_PREFIX | 0x7f000001;

  private final Arena arena = Arena.ofShared();
  private final UdpSocket sender = UdpSocket.open(AddressFamily.INET);
  private final UdpSocket receiver = UdpSocket.open(AddressFamily.INET);
  private final IoUring ring = IoUring.open(PEERS, 2 * PEERS);
  private final SendBatch batch = new SendBatch(arena, PEERS, AddressFamily.INET);
  private final MemorySegment headers = arena.allocate(PEERS * HEADER_BYTES, 64);

  /// Points both at the same payloads and peers.
  @Setup
  public void prepare() {
    receiver.set(SocketOption.SO_RCVBUF, 1);
    // All of 127.0.0.0/8 is this host, so one socket stands for peers of different addresses.
    receiver.bind(0, SocketAddress.MAPPED_PREFIX, 0);
    sender.bind(0, LOOPBACK, 0);
    int port = receiver.localPort();
    MemorySegment payload = arena.allocate((long) PEERS * LENGTH, 64);
    MemorySegment names = arena.allocate(PEERS * NAME_BYTES, 8);
    MemorySegment vectors = arena.allocate(PEERS * VECTOR_BYTES, 8);
    for (int i = 0; i < PEERS; i++) {
      long peer = LOOPBACK + i;
      long offset = (long) i * LENGTH;
      boolean _ = batch.set(i, payload, offset, LENGTH, 0, peer, port);
      long name = (long) i * NAME_BYTES;
      int bytes = SocketAddress.write(names, name, AddressFamily.INET, 0, peer, port);
      long vector = (long) i * VECTOR_BYTES;
      vectors.set(JAVA_LONG, vector, payload.address() + offset);
      vectors.set(JAVA_LONG, vector + 8, LENGTH);
      long header = (long) i * HEADER_BYTES;
      headers.set(JAVA_LONG, header, names.address() + name);
      headers.set(JAVA_INT, header + 8, bytes);
      headers.set(JAVA_LONG, header + 16, vectors.address() + vector);
      headers.set(JAVA_LONG, header + 24, 1);
    }
  }

  /// Lets go of the kernel's.
  @TearDown
  public void close() {
    ring.close();
    sender.close();
    receiver.close();
    arena.close();
  }

  /// sendmmsg(2).
  @Benchmark
  @OperationsPerInvocation(PEERS)
  public void sendmmsg() {
    int sent = batch.send(sender.number(), 0, PEERS);
    if (sent != PEERS) {
      throw new IllegalStateException("sendmmsg gave " + sent);
    }
  }

  /// SENDMSG requests and their completions.
  @Benchmark
  @OperationsPerInvocation(PEERS)
  public void uring() {
    ring.enable();
    for (int i = 0; i < PEERS; i++) {
      boolean _ =
          ring.sendMessage(
              sender.number(), headers.address() + (long) i * HEADER_BYTES, MSG_DONTWAIT, i);
    }
    int taken = ring.enter();
    for (int i = 0; i < ring.available(); i++) {
      if (ring.result(i) != LENGTH) {
        throw new IllegalStateException("a request gave " + ring.result(i));
      }
    }
    if (taken != PEERS || ring.available() != PEERS) {
      throw new IllegalStateException(taken + " taken, " + ring.available() + " completed");
    }
    ring.advance(PEERS);
  }
}
