package org.vexor.bench.quic;

import com.sun.management.OperatingSystemMXBean;
import io.netty.channel.ReflectiveChannelFactory;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.vexor.bench.netty.Transport;
import org.vexor.quic.Application;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.ConnectionHandler;
import org.vexor.quic.DatagramTransport;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.QuicClient;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicServer;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamKind;
import org.vexor.quic.StreamReceiver;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.Ed25519Key;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;
import org.vexor.solana.crypto.Keypair;

/// One measurement: `--job download|datagrams|transactions`, `--carrier` of
/// [org.vexor.bench.netty.Transport], `--seconds N`, `--warmup N`, `--bytes N` of the download,
/// `--target IP:PORT` of an Agave server.
///
/// Prints a JSON line: the rate, and the CPU time of the process for each unit.
public final class QuicRates {
  private static final int DATAGRAM_BYTES = 1_200;
  private static final long FULL_PAUSE_NS = 20_000;

  /// Agave's tpu-client has the key of the same seed, so that a server gives both the same stake.
  private static final String SEED = "tpu-client";

  private static final TlsIdentity IDENTITY = identity();
  private static final EndpointOptions OPTIONS = EndpointOptions.DEFAULT.withPathMtu(1_452, false);

  private final Map<String, String> options;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private QuicRates(Map<String, String> options) {
    this.options = options;
  }

  private static TlsIdentity identity() {
    try {
      byte[] seed =
          MessageDigest.getInstance("SHA-256").digest(SEED.getBytes(StandardCharsets.US_ASCII));
      var key = new byte[Ed25519Key.LENGTH_BYTES];
      Keypair.fromSeed(seed).publicKey().copyTo(key, 0);
      return TlsIdentity.solana(seed, Ed25519Key.of(key));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("the JDK has SHA-256", e);
    }
  }

  /// Runs it.
  public static void main(String[] arguments) throws Exception {
    var options = new HashMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    var rates = new QuicRates(options);
    switch (rates.option("--job", "download")) {
      case "download" -> rates.download();
      case "datagrams" -> rates.datagrams();
      case "transactions" -> rates.transactions();
      default -> throw new IllegalArgumentException("--job is download, datagrams or transactions");
    }
    // Event loops are ended with the process.
    System.exit(0);
  }

  private String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  private long seconds(String name, String otherwise) {
    return Long.parseLong(option(name, otherwise));
  }

  private DatagramTransport carrier() {
    Transport transport = Transport.of(option("--carrier", "ours-udp"), "");
    return new DatagramTransport(
        transport.name(),
        transport.group(),
        new ReflectiveChannelFactory<>(transport.channel()),
        transport.options(),
        transport.segments());
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private QuicServer server(ConnectionHandler handler) {
    return QuicServer.bind(
        carrier(),
        loopback(),
        1,
        TlsOptions.solana(IDENTITY),
        OPTIONS,
        ConnectionLimits.DEFAULT,
        new Application.Callbacks(_ -> handler));
  }

  private QuicConnection connect(InetSocketAddress to, Application application) throws Exception {
    QuicClient client =
        QuicClient.bind(carrier(), loopback(), 1, TlsOptions.solana(IDENTITY), OPTIONS);
    return client
        .connect(ConnectRequest.named(to, to.getHostString(), application))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /// Downloads the same again and again until the warm-up is over, and then once more.
  private void download() throws Exception {
    long bytes = Long.parseLong(option("--bytes", "200000000"));
    QuicServer server = server(new Download.Sender(bytes));
    QuicConnection connection = connect(server.localAddress(), Application.sendOnly());
    long warmUpNs = TimeUnit.SECONDS.toNanos(seconds("--warmup", "5"));
    long warmNs = System.nanoTime();
    do {
      fetch(connection);
    } while (System.nanoTime() - warmNs < warmUpNs);
    long beganNs = System.nanoTime();
    long cpuNs = system.getProcessCpuTime();
    long got = fetch(connection);
    print("bytes", got, System.nanoTime() - beganNs, system.getProcessCpuTime() - cpuNs);
  }

  private static long fetch(QuicConnection connection) throws Exception {
    var receiver = new Download.Receiver();
    QuicStream stream =
        connection
            .openStream(StreamKind.BIDIRECTIONAL, receiver)
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    stream.finish(ByteBuffer.wrap(new byte[1]));
    stream.flush();
    receiver.await();
    return receiver.bytes();
  }

  private void datagrams() throws Exception {
    var received = new LongAdder();
    QuicServer server = server(new Counter(received));
    QuicConnection connection = connect(server.localAddress(), Application.sendOnly());
    var payload = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    var sender = new Thread(() -> sendForever(connection, payload), "sender");
    sender.setDaemon(true);
    sender.start();
    measure("datagrams", received);
  }

  private static void sendForever(QuicConnection connection, ByteBuffer payload) {
    while (connection.isOpen()) {
      if (!connection.sendDatagram(payload.clear())) {
        // The queue is full: let the event loops have the cores.
        LockSupport.parkNanos(FULL_PAUSE_NS);
      }
    }
  }

  private record Counter(LongAdder received) implements ConnectionHandler {
    @Override
    public StreamReceiver streamOpened(QuicStream stream) {
      return StreamReceiver.NOTHING;
    }

    @Override
    public void datagram(QuicConnection connection, ByteBuffer payload) {
      received.increment();
    }
  }

  private void transactions() throws Exception {
    String[] target = option("--target", "127.0.0.1:9009").split(":", -1);
    var address = new InetSocketAddress(target[0], Integer.parseInt(target[1]));
    var pump = new TransactionPump();
    connect(address, new Application.Callbacks(_ -> pump));
    TimeUnit.SECONDS.sleep(seconds("--warmup", "5"));
    long before = pump.sent();
    long beganNs = System.nanoTime();
    long cpuNs = system.getProcessCpuTime();
    TimeUnit.SECONDS.sleep(seconds("--seconds", "5"));
    print(
        "transactions",
        pump.sent() - before,
        System.nanoTime() - beganNs,
        system.getProcessCpuTime() - cpuNs);
  }

  private void measure(String unit, LongAdder count) throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds("--warmup", "5"));
    long before = count.sum();
    long beganNs = System.nanoTime();
    long cpuNs = system.getProcessCpuTime();
    TimeUnit.SECONDS.sleep(seconds("--seconds", "5"));
    print(
        unit,
        count.sum() - before,
        System.nanoTime() - beganNs,
        system.getProcessCpuTime() - cpuNs);
  }

  private void print(String unit, long amount, long tookNs, long cpuNs) {
    System.out.printf(
        Locale.ROOT,
        "{\"job\":\"%s\",\"carrier\":\"%s\",\"unit\":\"%s\",\"amount\":%d,\"seconds\":%.3f,"
            + "\"per_second\":%.0f,\"cpu_ns_per_unit\":%.2f}%n",
        option("--job", "download"),
        option("--carrier", "ours-udp"),
        unit,
        amount,
        tookNs / 1e9,
        amount * 1e9 / tookNs,
        amount == 0 ? 0 : (double) cpuNs / amount);
  }
}
