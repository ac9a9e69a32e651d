package org.vexor.gossip.node;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.DecodedValues;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.MessageReader;
import org.vexor.gossip.message.Ping;
import org.vexor.gossip.message.Pong;
import org.vexor.gossip.push.ReceivedCache;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.InsertOutcome;
import org.vexor.gossip.verify.Unverified;
import org.vexor.gossip.verify.VerifyQueue;
import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.solana.Pubkey;

/// From datagram to verifier: what can be told without a signature is settled here.
final class Intake implements DatagramHandler {
  /// What one address may send in a second, and at once: each datagram and each value to be checked
  /// costs one. A cluster of 5000 nodes makes some 4000 values a second, which come by way of
  /// several peers.
  private static final double COSTS_PER_SECOND = 4_000;

  private static final double BURST = 8_000;
  private static final int MAXIMUM_SENDERS = 16_384;

  /// Twice the owners of Agave's table; a refresh of all of them finds most places of its own.
  private static final int DECODED_VALUES = 1 << 14;

  /// A bad signature takes a second's work of a hundred good ones.
  static final double BAD_SIGNATURE_COST = 100;

  private final Pubkey self;
  private final CrdsTable table;
  private final ReceivedCache received;
  private final VerifyQueue queue;
  private final GossipCounters counters;
  private final LongSupplier clockMs;
  private final MessageReader reader = new MessageReader(new DecodedValues(DECODED_VALUES));
  private final byte[] bytes = new byte[MessageReader.MAXIMUM_BYTES + 1];
  private final SenderBudgets<Endpoint> budgets =
      new SenderBudgets<>(COSTS_PER_SECOND, BURST, MAXIMUM_SENDERS);

  Intake(
      Pubkey self,
      CrdsTable table,
      ReceivedCache received,
      VerifyQueue queue,
      GossipCounters counters,
      LongSupplier clockMs) {
    this.self = self;
    this.table = table;
    this.received = received;
    this.queue = queue;
    this.counters = counters;
    this.clockMs = clockMs;
  }

  @Override
  public void onDatagram(PacketPort port, Datagram datagram) {
    counters.count(GossipCount.DATAGRAMS);
    long nowMs = clockMs.getAsLong();
    Endpoint source = datagram.source();
    if (!budgets.hasAny(source, nowMs)) {
      counters.count(GossipCount.OVER_BUDGET);
      return;
    }
    budgets.charge(source, 1, nowMs);
    int length = Math.min(datagram.length(), bytes.length);
    MemorySegment.copy(
        datagram.segment(), ValueLayout.JAVA_BYTE, datagram.offset(), bytes, 0, length);
    switch (reader.read(bytes, 0, length)) {
      case MessageReader.Reading.Refused refused -> counters.refused(refused.why());
      case MessageReader.Reading.Read read -> take(read.message(), source, nowMs);
    }
  }

  private void take(GossipMessage message, Endpoint source, long nowMs) {
    if (message.from().equals(self)) {
      counters.count(GossipCount.FROM_SELF);
      return;
    }
    List<CrdsValue> news =
        switch (message) {
          case GossipMessage.Push push -> newsOfPush(push);
          case GossipMessage.PullResponse response -> news(response.values());
          case GossipMessage.PullRequest request -> List.of();
          case GossipMessage.Prune prune -> List.of();
          case Ping ping -> List.of();
          case Pong pong -> List.of();
        };
    boolean onlyOld =
        news.isEmpty()
            && (message instanceof GossipMessage.Push
                || message instanceof GossipMessage.PullResponse);
    if (onlyOld) {
      counters.count(GossipCount.NOTHING_NEW);
      return;
    }
    budgets.charge(source, news.size(), nowMs);
    boolean isStaked =
        table.ownerOfGossip(source).filter(owner -> table.stakes().lamports(owner) > 0).isPresent();
    boolean isQueued = queue.offer(new Unverified(message, news, source), isStaked);
    counters.count(isQueued ? count(message) : GossipCount.VERIFIER_FULL);
  }

  private List<CrdsValue> news(List<CrdsValue> values) {
    var news = new ArrayList<CrdsValue>(values.size());
    for (CrdsValue value : values) {
      if (table.isHere(value)) {
        counters.count(GossipCount.VALUES_DUPLICATE);
      } else if (value.data().kind().isRelayed()) {
        news.add(value);
      } else {
        counters.outcome(InsertOutcome.KIND_REMOVED);
      }
    }
    return news;
  }

  /// What is here already was checked when it came; that it comes again tells who is late.
  private List<CrdsValue> newsOfPush(GossipMessage.Push push) {
    for (CrdsValue value : push.values()) {
      if (table.isHere(value)) {
        table
            .entry(value.label())
            .ifPresent(
                entry ->
                    received.record(value.data().owner(), push.from(), entry.countDuplicate()));
      }
    }
    return news(push.values());
  }

  /// The verifier found that signatures of a sender do not hold.
  void chargeBadSignatures(Endpoint source, int count, long nowMs) {
    counters.add(GossipCount.BAD_SIGNATURES, count);
    budgets.charge(source, BAD_SIGNATURE_COST * count, nowMs);
  }

  private static GossipCount count(GossipMessage message) {
    return switch (message) {
      case GossipMessage.PullRequest request -> GossipCount.PULL_REQUESTS;
      case GossipMessage.PullResponse response -> GossipCount.PULL_RESPONSES;
      case GossipMessage.Push push -> GossipCount.PUSHES;
      case GossipMessage.Prune prune -> GossipCount.PRUNES;
      case Ping ping -> GossipCount.PINGS;
      case Pong pong -> GossipCount.PONGS;
    };
  }
}
