package org.vexor.bench.tpu;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.Application;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.PortLoops;
import org.vexor.quic.cache.CacheEvent;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.send.LeaderPaths;
import org.vexor.tpu.send.LeaderSource;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SendListener;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.TpuTarget;
import org.vexor.tpu.server.ServerEvent;
import org.vexor.tpu.server.ServerLimits;
import org.vexor.tpu.server.Stakes;
import org.vexor.tpu.server.TpuServer;

/// One measurement, printed as a JSON line:
///
/// - `--job send --target HOST:PORT [--rate R]`: the sender, one connection, transfers from a pool
/// - `--job clients --target HOST:PORT --connections N`: load for a server; each sends what it may
/// - `--job serve --port PORT --seconds N`: a server that gives the client below all stake and
///   counts
/// - `--job ports --port FIRST --count N`: N servers, for `idle`; runs until it is killed
/// - `--job idle --port FIRST --count N`: N connections that are kept and not used
///
/// The identity is that of Agave's `tpu-client`: the Ed25519 seed is SHA-256 of its name.
public final class TpuRates {
  private static final int PENDING = 16_384;
  private static final int MANY = 100_000;
  private static final int TOGETHER = 10;
  private static final long PAUSE_NS = 50_000;
  private static final long SECOND_NS = 1_000_000_000;
  private static final EngineOptions FRAMES = EngineOptions.DEFAULT.withFrames(8_192, 4_096);
  private static final EngineOptions FEW_FRAMES = EngineOptions.DEFAULT.withFrames(256, 64);

  private final Map<String, String> options;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private TpuRates(Map<String, String> options) {
    this.options = options;
  }

  /// Runs it.
  public static void main(String[] arguments) throws Exception {
    var options = new HashMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    var rates = new TpuRates(options);
    switch (rates.text("--job", "")) {
      case "send" -> rates.send();
      case "clients" -> rates.clients();
      case "serve" -> rates.serve();
      case "ports" -> rates.ports();
      case "idle" -> rates.idle();
      default -> throw new IllegalArgumentException("--job is send, clients, serve, ports or idle");
    }
    System.exit(0);
  }

  private String text(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(text(name, "" + otherwise));
  }

  private InetSocketAddress target() {
    return Endpoint.parse(text("--target", "127.0.0.1:9009")).toSocketAddress();
  }

  private static Keypair identity() {
    try {
      return Keypair.fromSeed(
          MessageDigest.getInstance("SHA-256")
              .digest("tpu-client".getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("the JDK has SHA-256", e);
    }
  }

  private static PortLoops loops() {
    return PortLoops.start("tpu", 1, () -> PacketEngines.local(FRAMES));
  }

  private static LeaderPaths paths(PortLoops loops) {
    return LeaderPaths.direct(
        loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, identity());
  }

  private static QuicSender sender(LeaderPaths paths, SendListener listener) {
    return QuicSender.start(
        paths,
        SenderOptions.DEFAULT
            .withResendEvery(Duration.ZERO)
            .withPending(2 * PENDING)
            .withWaiting(2 * PENDING)
            .withAnyCertificate(_ -> true),
        LeaderSource.NONE,
        listener,
        paths.timer(),
        new SplittableRandom(1),
        CacheObserver.NONE);
  }

  /// From submission to acknowledgement; the first seconds are warm-up.
  private static final class Meter implements SendListener {
    private final ConcurrentHistogram waited = new ConcurrentHistogram(60 * SECOND_NS, 3);
    private final ConcurrentHistogram took = new ConcurrentHistogram(60 * SECOND_NS, 3);

    @Override
    public void sent(Signature signature, TpuTarget target, long waitedNs) {
      waited.recordValue(Math.clamp(waitedNs, 0, 60 * SECOND_NS));
    }

    @Override
    public void acknowledged(Signature signature, TpuTarget target, long tookNs) {
      took.recordValue(Math.clamp(tookNs, 0, 60 * SECOND_NS));
    }
  }

  private void send() throws InterruptedException {
    var pool = new SignedPool();
    int rate = number("--rate", 0);
    var meter = new Meter();
    QuicSender sender = sender(paths(loops()), meter);
    List<TpuTarget> to = List.of(new TpuTarget(Pubkey.ZERO, target()));
    var submitter = new Thread(() -> submit(sender, pool, to, rate), "submitter");
    submitter.setDaemon(true);
    submitter.start();
    TimeUnit.SECONDS.sleep(number("--warmup", 3));
    meter.waited.reset();
    meter.took.reset();
    long before = sender.counters().acknowledged();
    long beganNs = System.nanoTime();
    long cpuNs = system.getProcessCpuTime();
    TimeUnit.SECONDS.sleep(number("--seconds", 5));
    long amount = sender.counters().acknowledged() - before;
    print(amount, System.nanoTime() - beganNs, system.getProcessCpuTime() - cpuNs, meter);
  }

  private static void submit(QuicSender sender, SignedPool pool, List<TpuTarget> to, int rate) {
    long beganNs = System.nanoTime();
    for (long sent = 0; ; sent++) {
      while (sender.pending() >= PENDING) {
        LockSupport.parkNanos(PAUSE_NS);
      }
      if (rate > 0) {
        long dueNs = beganNs + sent * SECOND_NS / rate;
        while (System.nanoTime() < dueNs) {
          LockSupport.parkNanos(dueNs - System.nanoTime());
        }
      }
      var _ =
          sender.submit(
              SendRequest.of(pool.name(), pool.next(), SendRequest.NO_LIMIT).withTargets(to));
    }
  }

  private void clients() throws InterruptedException {
    int count = number("--connections", 500);
    var acknowledged = new LongAdder();
    var closed = new LongAdder();
    var pool = new SignedPool();
    LeaderPaths paths = paths(loops());
    var opening = new ArrayList<CompletableFuture<?>>();
    for (int i = 0; i < count; i++) {
      var load = new ConnectionLoad(pool, number("--under-way", 64), acknowledged, closed);
      var request =
          ConnectRequest.named(target(), "localhost", new Application.Callbacks(_ -> load))
              .withTimeout(Duration.ofSeconds(20));
      opening.add(paths.client().connect(request).toCompletableFuture());
      if (opening.size() % 20 == 0) {
        opening.getLast().join();
      }
    }
    CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new)).join();
    TimeUnit.SECONDS.sleep(number("--warmup", 3));
    long before = acknowledged.sum();
    long beganNs = System.nanoTime();
    long cpuNs = system.getProcessCpuTime();
    TimeUnit.SECONDS.sleep(number("--seconds", 5));
    long amount = acknowledged.sum() - before;
    long tookNs = System.nanoTime() - beganNs;
    System.out.printf(
        Locale.ROOT,
        "{\"job\":\"clients\",\"connections\":%d,\"closed\":%d,\"per_second\":%.0f,"
            + "\"cpu_ns_each\":%.0f}%n",
        count,
        closed.sum(),
        amount * (double) SECOND_NS / tookNs,
        (system.getProcessCpuTime() - cpuNs) / (double) Math.max(1, amount));
  }

  private record AllFor(Pubkey client) implements Stakes {
    @Override
    public long of(Pubkey identity) {
      return identity.equals(client) ? total() : 0;
    }

    @Override
    public long total() {
      return SECOND_NS;
    }
  }

  private void serve() throws InterruptedException {
    TpuServer server =
        TpuServer.start(
            loops(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), number("--port", 9009)),
            1,
            identity(),
            ServerLimits.DEFAULT.withConnectionsOfOne(MANY, MANY).withNewConnections(MANY, MANY),
            new AllFor(identity().publicKey()),
            (_, _) -> {});
    System.out.println("{\"event\":\"listening\"}");
    for (int second = 1; second <= number("--seconds", 10); second++) {
      TimeUnit.SECONDS.sleep(1);
      System.out.printf(
          "{\"second\":%d,\"total_transactions\":%d,\"open_connections\":%d}%n",
          second, server.counters().count(ServerEvent.RECEIVED), server.connections());
    }
  }

  private void ports() throws InterruptedException {
    // Each port has send frames of its own: with those of a fast sender a thousand take 6 GB.
    PortLoops loops = PortLoops.start("ports", 1, () -> PacketEngines.local(FEW_FRAMES));
    for (int i = 0; i < number("--count", 1_000); i++) {
      var _ =
          TpuServer.start(
              loops,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), number("--port", 0) + i),
              1,
              identity(),
              ServerLimits.DEFAULT,
              Stakes.NONE,
              (_, _) -> {});
    }
    System.out.println("{\"event\":\"listening\"}");
    TimeUnit.DAYS.sleep(1);
  }

  private void idle() throws InterruptedException, IOException {
    int count = number("--count", 1_000);
    var targets = new ArrayList<TpuTarget>();
    for (int i = 0; i < count; i++) {
      targets.add(
          new TpuTarget(
              Pubkey.ZERO,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), number("--port", 0) + i)));
    }
    // With the frames of a client that sends now and then, not of one that sends all it can.
    PortLoops loops = PortLoops.start("tpu", 1, () -> PacketEngines.local(EngineOptions.DEFAULT));
    QuicSender sender = sender(paths(loops), SendListener.NONE);
    long kilobytes = resident();
    // A few at a time, as leaders come up; a thousand handshakes at once take longer than each may.
    for (int from = 0; from < count; from += TOGETHER) {
      int to = Math.min(count, from + TOGETHER);
      sender.warm(targets.subList(from, to));
      long deadlineNs = System.nanoTime() + 10 * SECOND_NS;
      while (sender.connections().count(CacheEvent.CONNECTED) < to
          && System.nanoTime() < deadlineNs) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    TimeUnit.SECONDS.sleep(number("--warmup", 5));
    long beganNs = System.nanoTime();
    long cpuNs = system.getProcessCpuTime();
    TimeUnit.SECONDS.sleep(number("--seconds", 20));
    System.out.printf(
        Locale.ROOT,
        "{\"job\":\"idle\",\"connections\":%d,\"lost\":%d,\"before_kb\":%d,\"resident_kb\":%d,"
            + "\"core_percent\":%.2f}%n",
        sender.connections().count(CacheEvent.CONNECTED),
        sender.connections().count(CacheEvent.LOST),
        kilobytes,
        resident(),
        100.0 * (system.getProcessCpuTime() - cpuNs) / (System.nanoTime() - beganNs));
  }

  /// VmRSS of this process.
  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  private static void print(long amount, long tookNs, long cpuNs, Meter meter) {
    System.out.printf(
        Locale.ROOT,
        "{\"job\":\"send\",\"per_second\":%.0f,\"cpu_ns_each\":%.0f,\"waited_p50_us\":%.1f,"
            + "\"waited_p99_us\":%.1f,\"acknowledged_p50_us\":%.1f,\"acknowledged_p99_us\":%.1f}%n",
        amount * (double) SECOND_NS / tookNs,
        cpuNs / (double) Math.max(1, amount),
        meter.waited.getValueAtPercentile(50) / 1e3,
        meter.waited.getValueAtPercentile(99) / 1e3,
        meter.took.getValueAtPercentile(50) / 1e3,
        meter.took.getValueAtPercentile(99) / 1e3);
  }
}
