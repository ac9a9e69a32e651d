package org.vexor.turbine.tvu;

import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.frame.FrameQueue;
import org.vexor.solana.crypto.SignatureVerifier;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockAssembler;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.verify.ShredVerifier;
import org.vexor.turbine.verify.SlotLeaders;

/// Receives turbine on one port and tells a listener of blocks. Drive it with any runner and idle
/// strategy: as the one agent that it is, or by the agents of its stages ([#stages]) on a thread
/// each.
///
/// It owns its engine and drives all ports that are open on it.
public final class TvuReceiver implements Agent {
  /// Frames that the engine receives into: with those of AF_XDP half of them hold what came and is
  /// not looked at yet, 80 ms of a mainnet burst of 100,000 shreds a second, which is longer than a
  /// pause of the collector.
  private static final int RECEIVE_FRAMES = 16_384;

  /// Shreds that wait to be verified, on top of that: another 80 ms.
  private static final int QUEUE_PLACES = 8192;

  private final PacketEngine engine;
  private final PacketPort port;
  private final BlockAssembler assembler;
  private final SlotWindow window;
  private final IntakeCounters counters;
  private final List<Stage> stages;

  /// What a receiver needs of its surroundings.
  ///
  /// @param engine driven and closed by the receiver; for [ThreadingMode#DEDICATED] with the frames
  ///   of [#engineOptions]
  /// @param clockNs monotonic nanoseconds
  /// @param recovered takes every rebuilt shred, on the thread that verifies
  public record Wiring(
      PacketEngine engine,
      PortOptions port,
      int shredVersion,
      SlotLeaders leaders,
      SignatureVerifier signatures,
      AssemblerOptions assembler,
      LongSupplier clockNs,
      BlockListener listener,
      ShredSink recovered) {}

  /// Opens the port; all stages share a thread.
  ///
  /// @throws org.vexor.packet.PortException when the port cannot be bound
  public TvuReceiver(Wiring wiring) {
    this(wiring, ThreadingMode.SHARED);
  }

  /// Opens the port.
  ///
  /// @throws org.vexor.packet.PortException when the port cannot be bound
  public TvuReceiver(Wiring wiring, ThreadingMode threading) {
    engine = wiring.engine();
    assembler =
        new BlockAssembler(
            wiring.assembler(), wiring.clockNs(), wiring.listener(), wiring.recovered());
    counters = new IntakeCounters(assembler);
    window = new SlotWindow(wiring.shredVersion());
    var verifier = new ShredVerifier(wiring.leaders(), wiring.signatures());
    var verification = new VerifyStage(window, verifier, assembler, counters);
    DatagramHandler first;
    if (threading == ThreadingMode.SHARED) {
      var all = new SharedAgent(engine, window, verification, counters);
      first = all;
      stages = List.of(all);
    } else {
      var queue = new FrameQueue(engine, QUEUE_PLACES);
      var reception = new ReceiveAgent(engine, window, queue, counters);
      first = reception;
      stages = List.of(reception, new VerifyAgent(queue, window, verification, counters));
    }
    port = engine.open(wiring.port(), first);
  }

  /// Memory of an engine that serves these threads: frames for reception, and for what waits.
  public static EngineOptions engineOptions(ThreadingMode threading) {
    EngineOptions options = EngineOptions.DEFAULT;
    int waiting =
        switch (threading) {
          case SHARED -> 0;
          case DEDICATED -> QUEUE_PLACES;
        };
    return options.withFrames(RECEIVE_FRAMES + waiting, options.sendFrames());
  }

  /// The agents of its stages, in the order in which datagrams pass; the first drives the engine.
  /// Each belongs to one thread, and they are closed in this order, one after another. Who drives
  /// them does not drive the receiver itself.
  public List<Agent> stages() {
    return List.copyOf(stages);
  }

  /// Drives all stages.
  @Override
  public int doWork() {
    int work = 0;
    for (Stage stage : stages) {
      work += stage.doWork();
    }
    return work;
  }

  @Override
  public String roleName() {
    return "tvu";
  }

  /// Gives up every slot in flight, so that the listener hears of each, and closes the engine.
  @Override
  public void onClose() {
    try {
      stages.getFirst().onClose();
    } finally {
      stages.stream().skip(1).forEach(Stage::onClose);
    }
  }

  public PacketPort port() {
    return port;
  }

  public PacketEngine engine() {
    return engine;
  }

  /// Any thread.
  public IntakeCounters counters() {
    return counters;
  }

  /// Blocks reported as complete. Any thread.
  public long finishedBlocks() {
    return assembler.finishedBlocks();
  }

  /// The highest slot of which a verified shred came; negative before the first. Any thread.
  public long newestSlot() {
    return window.newestAcquire();
  }

  /// Slots given up. Any thread.
  public long abandonedSlots() {
    return assembler.abandonedSlots();
  }
}
