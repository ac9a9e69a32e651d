package org.vexor.node.localnet;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vexor.localnet.ClientAccount;
import org.vexor.localnet.Localnet;
import org.vexor.localnet.LocalnetOptions;
import org.vexor.localnet.LocalnetSummary;
import org.vexor.localnet.ShredAccount;
import org.vexor.localnet.SlotReport;

/// The words for people. Nodes are called node 1 to node N.
final class Text {
  /// Of the columns of [#line].
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%6s  %6s  %6s  %9s  %12s  %8s  %6s",
          "slot",
          "leader",
          "shreds",
          "recovered",
          "transactions",
          "complete",
          "ms");

  private static final double NS_PER_MS = 1e6;

  private Text() {}

  static List<String> start(LocalnetOptions options, Localnet localnet) {
    String stakes =
        localnet.cluster().members().stream()
            .map(
                member ->
                    String.format(Locale.ROOT, "%d", member.lamports() / 1_000_000_000_000_000L))
            .collect(Collectors.joining(", "));
    return List.of(
        String.format(
            Locale.ROOT,
            "localnet: %d nodes, stakes %s million SOL, slots of %d ms, 64 ticks of %d hashes,",
            options.nodes(),
            stakes,
            options.slotNs() / 1_000_000,
            options.hashesPerTick()),
        String.format(
            Locale.ROOT,
            "  %d transfers/s, loss %s, seed %d, shred version %d, UDP on loopback (%s),",
            options.transactionsPerSecond(),
            options.loss(),
            options.seed(),
            localnet.cluster().shredVersion(),
            localnet.backend()),
        "  gossip entrypoint " + localnet.entrypoint());
  }

  static String rpc(InetSocketAddress address) {
    return "  JSON-RPC " + http(address) + ", subscriptions " + webSocket(address);
  }

  static String http(InetSocketAddress address) {
    return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  static String webSocket(InetSocketAddress address) {
    return "ws://" + address.getAddress().getHostAddress() + ":" + (address.getPort() + 1);
  }

  static String discovered(int nodes, long tookNs) {
    return String.format(
        Locale.ROOT,
        "  gossip: each of %d nodes knows the other %d after %.0f ms",
        nodes,
        nodes - 1,
        tookNs / NS_PER_MS);
  }

  static String line(SlotReport report) {
    String line =
        String.format(
            Locale.ROOT,
            "%6d  %6d  %6d  %9d  %12d  %8s  %6.0f",
            report.slot(),
            report.leader() + 1,
            report.shreds(),
            report.recovered(),
            report.transactions(),
            report.completeOn() + "/" + report.nodes(),
            report.completeNs() / NS_PER_MS);
    return report.isGood() ? line : line + "  " + trouble(report);
  }

  static String skipped(long slot, int leader, long lateNs) {
    return String.format(
        Locale.ROOT,
        "%6d  %6d  skipped: the leader was %.0f ms late",
        slot,
        leader + 1,
        lateNs / NS_PER_MS);
  }

  private static String trouble(SlotReport report) {
    List<String> parts = new ArrayList<>();
    if (!report.missingOn().isEmpty()) {
      parts.add("missing on " + nodes(report.missingOn()));
    }
    if (!report.differentOn().isEmpty()) {
      parts.add("another block on " + nodes(report.differentOn()));
    }
    return String.join(", ", parts);
  }

  private static String nodes(List<Integer> numbers) {
    return "node "
        + numbers.stream().map(n -> String.valueOf(n + 1)).collect(Collectors.joining(", "));
  }

  static List<String> summary(LocalnetSummary summary) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "slots         %d made, %d complete on all %d nodes, %d skipped; %.0f ms to complete on"
                + " the last node (median), %.0f at most",
            summary.slots(),
            summary.completeSlots(),
            summary.nodes(),
            summary.skipped(),
            summary.medianCompleteNs() / NS_PER_MS,
            summary.longestCompleteNs() / NS_PER_MS));
    summary
        .incomplete()
        .forEach(
            slot ->
                lines.add(String.format(Locale.ROOT, "  slot %d: %s", slot.slot(), trouble(slot))));
    lines.add(transactions(summary));
    summary.client().ifPresent(client -> lines.add(client(client)));
    ShredAccount shreds = summary.shreds();
    lines.add(
        String.format(
            Locale.ROOT,
            "shreds        %d sent = %d received + %d lost by injection%s%s",
            shreds.sent(),
            shreds.received(),
            shreds.lostByInjection(),
            plus(shreds.lostOnTheWay()),
            rest(shreds.unexplainedOnTheWay())));
    lines.add(
        String.format(
            Locale.ROOT,
            "  received    %d = %d kept + %d duplicates + %d after their slot was complete%s%s",
            shreds.received(),
            shreds.kept(),
            shreds.duplicates(),
            shreds.surplus(),
            plus(shreds.refused()),
            rest(shreds.unexplainedAtReceivers())));
    lines.add(String.format(Locale.ROOT, "  recovered   %d", summary.recovered()));
    lines.add(summary.isGood() ? "all slots complete, accounts closed" : verdict(summary));
    return lines;
  }

  private static String client(ClientAccount client) {
    return String.format(
        Locale.ROOT,
        "  by QUIC     %d sent = %d landed + %d expired%s%s; %.0f ms until in a block (median of the slowest leader)",
        client.sent(),
        client.landed(),
        client.expired(),
        client.ended() == 0 ? "" : " + " + client.ended() + " given up",
        client.open() == 0 ? "" : " + " + client.open() + " on their way at the end",
        client.landP50Ns() / NS_PER_MS);
  }

  private static String transactions(LocalnetSummary summary) {
    if (summary.hasAllTransactions()) {
      return String.format(
          Locale.ROOT,
          "transactions  %d and %d votes in blocks, all found on every node",
          summary.transactionsSent() - summary.votes(),
          summary.votes());
    }
    return String.format(
        Locale.ROOT,
        "transactions  %d and %d votes in blocks, found on each node: %s",
        summary.transactionsSent() - summary.votes(),
        summary.votes(),
        summary.transactionsFound().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ")));
  }

  private static String plus(Map<String, Long> counts) {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(entry -> " + " + entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining());
  }

  private static String rest(long unexplained) {
    return unexplained == 0 ? "" : " + " + unexplained + " UNEXPLAINED";
  }

  private static String verdict(LocalnetSummary summary) {
    List<String> faults = new ArrayList<>();
    if (summary.slots() == 0) {
      faults.add("no slot was made");
    }
    if (!summary.incomplete().isEmpty()) {
      faults.add(
          "incomplete slots: "
              + summary.incomplete().stream()
                  .map(slot -> String.valueOf(slot.slot()))
                  .collect(Collectors.joining(", ")));
    }
    if (!summary.shreds().closes()) {
      faults.add("the accounts of shreds do not close");
    }
    return "FAILED: " + String.join("; ", faults);
  }
}
