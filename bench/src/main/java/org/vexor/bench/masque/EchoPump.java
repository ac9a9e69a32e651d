package org.vexor.bench.masque;

import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.vexor.bench.netty.Transport;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http3.Http3Connection;
import org.vexor.masque.http3.Http3Options;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.DatagramTransport;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.QuicClient;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsOptions;

/// Loads a proxy: `--template URI --ca FILE --target HOST:PORT --pid PROXY`, `--connections N`,
/// `--tunnels N` on each, `--size BYTES`, `--window N` datagrams under way a tunnel, or `--rate N`
/// a second on all; `--warmup S`, `--seconds S`. On one event loop.
///
/// Prints a JSON line: datagrams sent, and those that came back, a second; lost ones; the CPU time
/// of the proxy for each that came back.
public final class EchoPump {
  private static final long CHECK_MS = 50;
  private static final long PATIENCE_SECONDS = 20;

  /// How often an open loop sends.
  private static final long TICK_NS = 200_000;

  private final Map<String, String> options;
  private final List<PumpedTunnel> tunnels = new ArrayList<>();
  private long paidNs;
  private int next;

  private EchoPump(Map<String, String> options) {
    this.options = options;
  }

  /// Runs one load.
  public static void main(String[] arguments) throws Exception {
    var options = new HashMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    new EchoPump(options).run();
    // The event loop is ended with the process.
    System.exit(0);
  }

  private String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  private int number(String name, String otherwise) {
    return Integer.parseInt(option(name, otherwise));
  }

  private void run() throws Exception {
    UriTemplate template = UriTemplate.parse(option("--template", ""));
    Transport transport = Transport.of("ours-udp", "");
    EventLoop loop = transport.group().next();
    try (QuicClient client = client(transport)) {
      for (int i = 0; i < number("--connections", "1"); i++) {
        open(connect(client, template), template);
      }
      loop.execute(() -> start(loop));
      TimeUnit.SECONDS.sleep(number("--warmup", "5"));
      long pid = number("--pid", "0");
      long sent = sum(loop, PumpedTunnel::sent);
      long received = sum(loop, PumpedTunnel::received);
      long cpuNs = ProcessTime.cpuNs(pid);
      long beganNs = System.nanoTime();
      TimeUnit.SECONDS.sleep(number("--seconds", "5"));
      double seconds = (System.nanoTime() - beganNs) / 1e9;
      double cpuUs = (ProcessTime.cpuNs(pid) - cpuNs) / 1e3;
      long back = sum(loop, PumpedTunnel::received) - received;
      System.out.printf(
          Locale.ROOT,
          "{\"size\":%d,\"tunnels\":%d,\"sent_per_second\":%.0f,\"pps\":%.0f,\"lost\":%d,"
              + "\"proxy_cpu_us_per_echo\":%.3f,\"proxy_cores\":%.3f}%n",
          number("--size", "1200"),
          tunnels.size(),
          (sum(loop, PumpedTunnel::sent) - sent) / seconds,
          back / seconds,
          sum(loop, PumpedTunnel::lost),
          back == 0 ? 0 : cpuUs / back,
          cpuUs / 1e6 / seconds);
    }
  }

  private QuicClient client(Transport transport) {
    var carrier =
        new DatagramTransport(
            transport.name(),
            transport.group(),
            new ReflectiveChannelFactory<>(transport.channel()),
            transport.options(),
            transport.segments());
    TlsOptions tls =
        TlsOptions.of(HttpVersion.HTTP_3.alpn())
            .withTrust(PeerTrust.authorities(Path.of(option("--ca", "ca.pem"))));
    return QuicClient.bind(
        carrier,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        1,
        tls,
        EndpointOptions.DEFAULT.withPathMtu(1_350, false).withDatagramQueue(4_096));
  }

  private static Http3Connection connect(QuicClient client, UriTemplate template) throws Exception {
    var opened = new CompletableFuture<Http3Connection>();
    client
        .connect(
            ConnectRequest.named(
                new InetSocketAddress(template.host(), template.port()),
                template.host(),
                Http3Connection.client(Http3Options.CLIENT, opened::complete)))
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void open(Http3Connection connection, UriTemplate template) throws Exception {
    UdpTarget target = UdpTarget.of(option("--target", "127.0.0.1:9999"));
    RequestHead head =
        RequestHead.connectUdp(template.authority(), template.path(target), FieldLines.EMPTY);
    int window = options.containsKey("--rate") ? 0 : number("--window", "8");
    for (int i = 0; i < number("--tunnels", "4"); i++) {
      var tunnel = new PumpedTunnel(number("--size", "1200"), window);
      connection.request(head, tunnel);
      tunnel.opened().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      tunnels.add(tunnel);
    }
  }

  private void start(EventLoop loop) {
    tunnels.forEach(PumpedTunnel::fill);
    var _ =
        loop.scheduleWithFixedDelay(
            () -> tunnels.forEach(PumpedTunnel::check), CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
    if (options.containsKey("--rate")) {
      long gapNs = TimeUnit.SECONDS.toNanos(1) / number("--rate", "1");
      paidNs = System.nanoTime();
      var _ = loop.scheduleWithFixedDelay(() -> pay(gapNs), 0, TICK_NS, TimeUnit.NANOSECONDS);
    }
  }

  /// Sends what is due by now, tunnel after tunnel.
  private void pay(long gapNs) {
    long nowNs = System.nanoTime();
    while (paidNs < nowNs) {
      paidNs += gapNs;
      next = (next + 1) % tunnels.size();
      tunnels.get(next).send();
    }
  }

  private long sum(EventLoop loop, ToLongFunction<PumpedTunnel> count) throws Exception {
    return loop.submit(() -> tunnels.stream().mapToLong(count).sum()).get();
  }
}
