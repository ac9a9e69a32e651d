package org.vexor.bench.packet;

import static org.vexor.bench.packet.Results.quotients;
import static org.vexor.bench.packet.Results.spread;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Prints tables of results: ours, the peer's, and the ratio of each round with its spread.
public final class PacketReport {
  /// A line of the first table.
  ///
  /// @param goal the least of ours / peer
  private record Row(
      String title,
      String ours,
      String peer,
      String layout,
      String oursSender,
      String peerSender,
      String goal) {
    Row(String ours, String peer, String layout, String sender, String goal) {
      this(ours, "ours " + ours, peer, layout, sender, sender, goal);
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("af_xdp native spin", "xsk native spin", "inline", "xdp", "1.0"),
          new Row("af_xdp native sleep", "xsk native sleep", "inline", "xdp", "1.0"),
          new Row("af_xdp native spin", "xsk native spin", "inline", "xsk", "1.0"),
          new Row("af_xdp native sleep", "xsk native sleep", "inline", "xsk", "1.0"),
          new Row("af_xdp generic spin", "xsk generic spin", "inline", "xsk", "1.0"),
          new Row("af_xdp generic sleep", "xsk generic sleep", "inline", "xsk", "1.0"),
          new Row("af_xdp native spin", "ours udp", "inline", "xdp", "4"),
          new Row("af_xdp native spin", "ours uring", "inline", "xdp", "4"),
          new Row("af_xdp native sleep", "udp recvmmsg", "split", "xsk", "4"),
          new Row("af_xdp native sleep", "xsk native sleep", "split", "xsk", ""),
          new Row("udp", "udp recvmmsg", "inline", "xsk", "0.95"),
          new Row("uring", "io_uring multishot", "inline", "xsk", "0.95"));

  private final Results results;
  private final StringBuilder text = new StringBuilder();

  private PacketReport(Results results) {
    this.results = results;
  }

  /// Prints the tables.
  ///
  /// @param arguments files of results
  public static void main(String... arguments) throws IOException {
    var results = new Results();
    var mapper = new ObjectMapper();
    for (String file : arguments) {
      for (String line : Files.readAllLines(Path.of(file), StandardCharsets.UTF_8)) {
        results.add(mapper.readTree(line));
      }
    }
    var report = new PacketReport(results);
    if (!results.payloads("ours udp").isEmpty()) {
      report.received();
    }
    if (!results.payloads("send ours").isEmpty()) {
      report.sent();
    }
    if (!results.payloads("echo ours udp spin").isEmpty()) {
      report.echoes();
    }
    if (!results.payloads("start udp").isEmpty()) {
      report.starts();
    }
    System.out.print(report.text);
  }

  private void received() {
    row(
        "received by",
        "layout, sender",
        "payload",
        "peer",
        "ours, kpps",
        "peer, kpps",
        "ours / peer",
        "goal",
        "ours, CPU ns/packet",
        "peer, CPU ns/packet",
        "ours lost, %",
        "ours, B allocated/packet");
    rule(12);
    for (Row line : ROWS) {
      for (int payload : results.payloads(line.ours())) {
        var ours = new Results.Key(line.ours(), line.layout(), line.oursSender(), payload);
        var peer = new Results.Key(line.peer(), line.layout(), line.peerSender(), payload);
        List<Double> ourRate = results.of(ours, run -> rate(run, "rx"));
        List<Double> peerRate = results.of(peer, run -> rate(run, "rx"));
        if (ourRate.isEmpty()) {
          continue;
        }
        row(
            line.title(),
            line.layout() + ", " + line.oursSender() + "-tx",
            Integer.toString(payload),
            line.peer(),
            spread(ourRate, 0),
            spread(peerRate, 0),
            spread(quotients(ourRate, peerRate), 2),
            line.goal(),
            spread(results.of(ours, at("/rx/thread_ns_per_packet")), 0),
            spread(results.of(peer, at("/rx/cpu_ns_per_packet")), 0),
            spread(results.of(ours, PacketReport::lost), 1),
            spread(results.of(ours, at("/rx/allocated_per_packet")), 3));
      }
    }
  }

  private void sent() {
    text.append('\n');
    row(
        "sent by AF_XDP",
        "payload",
        "ours, kpps",
        "xsk-tx, kpps",
        "ours / peer",
        "goal",
        "ours, CPU ns/packet",
        "peer, CPU ns/packet");
    rule(8);
    for (String mode : List.of("native", "generic")) {
      for (int payload : results.payloads("send ours")) {
        var ours = new Results.Key("send ours", mode, "send", payload);
        var peer = new Results.Key("send xsk-tx", mode, "send", payload);
        List<Double> ourRate = results.of(ours, run -> rate(run, "tx"));
        List<Double> peerRate = results.of(peer, run -> rate(run, "tx"));
        row(
            mode,
            Integer.toString(payload),
            spread(ourRate, 0),
            spread(peerRate, 0),
            spread(quotients(ourRate, peerRate), 2),
            "1.0",
            spread(results.of(ours, at("/tx/thread_ns_per_packet")), 0),
            spread(results.of(peer, at("/tx/cpu_ns_per_packet")), 0));
      }
    }
  }

  private void echoes() {
    text.append('\n');
    row("echo, spinning", "percentile", "ours, µs", "peer, µs", "ours / peer", "goal");
    rule(6);
    echo("AF_XDP native", "echo ours native spin", "echo xsk-echo native spin", "≤ 1.1");
    echo("AF_XDP generic", "echo ours generic spin", "echo xsk-echo generic spin", "");
    echo("UDP", "echo ours udp spin", "echo udp-echo spin", "");
  }

  private void echo(String title, String ours, String peer, String goal) {
    for (int payload : results.payloads(ours)) {
      for (String percentile : List.of("p50", "p99")) {
        ToDoubleFunction<JsonNode> micros =
            run -> run.at("/tx/rtt_ns/" + percentile).asDouble(Double.NaN) / 1000;
        List<Double> our = results.of(new Results.Key(ours, "inline", "ping", payload), micros);
        List<Double> their = results.of(new Results.Key(peer, "inline", "ping", payload), micros);
        row(
            title,
            percentile,
            spread(our, 1),
            spread(their, 1),
            spread(quotients(our, their), 2),
            goal);
      }
    }
  }

  private void starts() {
    text.append('\n');
    row("start of the process to the first datagram", "ms", "goal");
    rule(3);
    for (String backend : List.of("xdp", "uring", "udp")) {
      var key = new Results.Key("start " + backend, "inline", "start", 22);
      row(backend, spread(results.of(key, PacketReport::start), 0), "< 1000");
    }
  }

  private static double rate(JsonNode run, String end) {
    double seconds = run.at("/tx/active_s").asDouble(Double.NaN);
    return run.at("/" + end + "/packets").asDouble(Double.NaN) / seconds / 1000;
  }

  private static double start(JsonNode run) {
    double millis = run.at("/rx/first_ms").asDouble(Double.NaN);
    return millis < 0 ? Double.NaN : millis;
  }

  private static double lost(JsonNode run) {
    return 100
        * (1
            - run.at("/rx/packets").asDouble(Double.NaN)
                / run.at("/tx/packets").asDouble(Double.NaN));
  }

  private static ToDoubleFunction<JsonNode> at(String path) {
    return run -> run.at(path).asDouble(Double.NaN);
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void rule(int cells) {
    text.append("|---".repeat(cells)).append("|\n");
  }
}
