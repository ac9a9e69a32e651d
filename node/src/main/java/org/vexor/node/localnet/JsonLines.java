package org.vexor.node.localnet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vexor.localnet.Localnet;
import org.vexor.localnet.LocalnetOptions;
import org.vexor.localnet.LocalnetSummary;
import org.vexor.localnet.ShredAccount;
import org.vexor.localnet.SlotReport;

/// An object a line: "event" is "start", "discovered", "slot", "skipped" or "summary". Nodes are
/// numbered from 1.
final class JsonLines implements LocalnetOutput {
  private static final double NS_PER_MS = 1e6;

  private final PrintWriter out;

  JsonLines(PrintWriter out) {
    this.out = out;
  }

  private static ObjectNode event(String name) {
    return JsonNodeFactory.instance.objectNode().put("event", name);
  }

  private void print(ObjectNode node) {
    out.println(node);
    out.flush();
  }

  @Override
  public void start(LocalnetOptions options, Localnet localnet) {
    ObjectNode node =
        event("start")
            .put("slot_ms", options.slotNs() / NS_PER_MS)
            .put("tps", options.transactionsPerSecond())
            .put("loss", options.loss())
            .put("seed", options.seed())
            .put("hashes_per_tick", options.hashesPerTick())
            .put("shred_version", localnet.cluster().shredVersion())
            .put("backend", localnet.backend())
            .put("gossip_entrypoint", localnet.entrypoint().toString());
    ArrayNode members = node.putArray("nodes");
    localnet
        .cluster()
        .members()
        .forEach(
            member ->
                members
                    .addObject()
                    .put("node", member.number() + 1)
                    .put("identity", member.identity().publicKey().toString())
                    .put("stake_lamports", member.lamports()));
    print(node);
  }

  @Override
  public void discovered(long tookNs) {
    print(event("discovered").put("after_ms", tookNs / NS_PER_MS));
  }

  @Override
  public void slot(SlotReport report) {
    print(fill(event("slot"), report));
  }

  private static ObjectNode fill(ObjectNode node, SlotReport report) {
    node.put("slot", report.slot())
        .put("leader", report.leader() + 1)
        .put("shreds", report.shreds())
        .put("recovered", report.recovered())
        .put("transactions", report.transactions())
        .put("complete_on", report.completeOn())
        .put("nodes", report.nodes())
        .put("complete_ms", report.completeNs() / NS_PER_MS);
    numbers(node.putArray("missing_on"), report.missingOn());
    numbers(node.putArray("different_on"), report.differentOn());
    return node;
  }

  private static void numbers(ArrayNode array, List<Integer> nodes) {
    nodes.forEach(node -> array.add(node + 1));
  }

  @Override
  public void skipped(long slot, int leader, long lateNs) {
    print(
        event("skipped")
            .put("slot", slot)
            .put("leader", leader + 1)
            .put("late_ms", lateNs / NS_PER_MS));
  }

  @Override
  public void rpc(InetSocketAddress address) {
    print(event("rpc").put("http", Text.http(address)).put("websocket", Text.webSocket(address)));
  }

  @Override
  public void end(LocalnetSummary summary) {
    ObjectNode node =
        event("summary")
            .put("good", summary.isGood())
            .put("nodes", summary.nodes())
            .put("slots", summary.slots())
            .put("slots_complete", summary.completeSlots())
            .put("slots_skipped", summary.skipped())
            .put("recovered", summary.recovered())
            .put("transactions_sent", summary.transactionsSent())
            .put("votes", summary.votes())
            .put("median_complete_ms", summary.medianCompleteNs() / NS_PER_MS)
            .put("longest_complete_ms", summary.longestCompleteNs() / NS_PER_MS);
    ArrayNode found = node.putArray("transactions_found");
    summary.transactionsFound().forEach(found::add);
    summary
        .client()
        .ifPresent(
            client ->
                node.putObject("by_quic")
                    .put("sent", client.sent())
                    .put("landed", client.landed())
                    .put("expired", client.expired())
                    .put("given_up", client.ended())
                    .put("on_their_way", client.open())
                    .put("median_landed_ms", client.landP50Ns() / NS_PER_MS));
    ArrayNode incomplete = node.putArray("incomplete");
    summary.incomplete().forEach(report -> fill(incomplete.addObject(), report));
    ShredAccount shreds = summary.shreds();
    ObjectNode account =
        node.putObject("shreds")
            .put("sent", shreds.sent())
            .put("lost_by_injection", shreds.lostByInjection())
            .put("received", shreds.received())
            .put("kept", shreds.kept())
            .put("duplicates", shreds.duplicates())
            .put("after_complete", shreds.surplus())
            .put("unexplained", shreds.unexplainedOnTheWay() + shreds.unexplainedAtReceivers());
    counts(account.putObject("lost_on_the_way"), shreds.lostOnTheWay());
    counts(account.putObject("refused"), shreds.refused());
    print(node);
  }

  private static void counts(ObjectNode node, Map<String, Long> counts) {
    new TreeMap<>(counts).forEach(node::put);
  }
}
