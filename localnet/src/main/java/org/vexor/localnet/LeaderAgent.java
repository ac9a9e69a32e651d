package org.vexor.localnet;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.vexor.packet.PacketEngine;

/// Leads every slot, in the name of whose turn it is: makes the block piece by piece over the time
/// of its slot and sends it.
///
/// A piece that is late goes out as soon as the one before has had half its time, so that receivers
/// are not flooded; a slot whose whole time has passed is skipped, and said to be. Nothing happens
/// before [#start].
final class LeaderAgent implements Agent {
  /// What a client sends in the last slots may arrive after them.
  private static final int LAST_SLOTS = 2;

  private final PacketEngine engine;
  private final LossySender sender;
  private final BlockProducer producer;
  private final Cluster cluster;
  private final LocalnetOptions options;
  private final LongSupplier clockNs;
  private final Consumer<SlotEvent> events;
  private final long pieceNs;
  private long startNs;

  private long slot = 1;
  private boolean isStarted;
  private boolean isMaking;
  private boolean isSent = true;
  private int piece;
  private long firstSentNs;
  private long lastPieceNs;

  /// Written by the owner last of all, so that who sees it sees all counts.
  private volatile boolean finished;

  private volatile boolean starting;

  private volatile long slotNow = 1;

  private volatile boolean stopping;

  LeaderAgent(
      PacketEngine engine,
      LossySender sender,
      BlockProducer producer,
      Cluster cluster,
      LocalnetOptions options,
      LongSupplier clockNs,
      Consumer<SlotEvent> events) {
    this.engine = engine;
    this.sender = sender;
    this.producer = producer;
    this.cluster = cluster;
    this.options = options;
    this.clockNs = clockNs;
    this.events = events;
    pieceNs = options.slotNs() / BlockProducer.PIECES;
  }

  @Override
  public int doWork() {
    int work = sender.doWork() + engine.doWork();
    if (finished || !sender.isDone()) {
      return work;
    }
    if (isStarted || stopping) {
      return work + lead(clockNs.getAsLong());
    }
    if (starting) {
      isStarted = true;
      startNs = clockNs.getAsLong();
      lastPieceNs = startNs - pieceNs;
    }
    return work;
  }

  private int lead(long nowNs) {
    if (!isSent && engineIsIdle()) {
      isSent = true;
      events.accept(
          new SlotEvent.Produced(
              slot, cluster.leaderOf(slot), firstSentNs, nowNs, producer.finish()));
      slot++;
    }
    if (!isSent) {
      return 0;
    }
    if (isMaking) {
      return makePiece(nowNs);
    }
    while (slot <= options.slots() && !stopping && nowNs - slotStartNs(slot + 1) >= 0) {
      events.accept(new SlotEvent.Skipped(slot, cluster.leaderOf(slot), nowNs - slotStartNs(slot)));
      slot++;
    }
    if (slot > options.slots() || stopping) {
      finished = true;
      return 1;
    }
    if (nowNs - slotStartNs(slot) < 0) {
      return 0;
    }
    slotNow = slot;
    producer.begin(slot, cluster.leaderOf(slot));
    isMaking = true;
    piece = 0;
    return 1;
  }

  private int makePiece(long nowNs) {
    long dueNs = slotStartNs(slot) + (piece + 1) * pieceNs;
    if (nowNs - dueNs < 0 || nowNs - lastPieceNs < pieceNs / 2) {
      return 0;
    }
    lastPieceNs = nowNs;
    if (piece == 0) {
      firstSentNs = nowNs;
    }
    int leader = cluster.leaderOf(slot);
    producer.nextPiece(shred -> sender.add(leader, shred));
    piece++;
    if (piece == BlockProducer.PIECES) {
      isMaking = false;
      isSent = false;
    }
    return 1;
  }

  private boolean engineIsIdle() {
    return engine.ports().stream().allMatch(port -> port.queued() == 0);
  }

  private long slotStartNs(long ofSlot) {
    return startNs + (ofSlot - 1) * options.slotNs();
  }

  /// Lets the first slot begin. Any thread.
  void start() {
    starting = true;
  }

  /// Ends the run after the slot that is being made. Any thread.
  void stop() {
    stopping = true;
  }

  /// Whether what reaches a leader from now on may find no block any more. Any thread.
  boolean isEnding() {
    return stopping || slotNow > options.slots() - LAST_SLOTS;
  }

  /// Whether all is sent and nothing will follow. Any thread.
  boolean isFinished() {
    return finished;
  }

  @Override
  public void onClose() {
    engine.close();
  }

  @Override
  public String roleName() {
    return "leader";
  }
}
