package org.vexor.turbine.tvu;

import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockAssembler;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.verify.ShredVerifier;
import org.vexor.turbine.verify.SignatureCheck;
import org.vexor.turbine.verify.SlotLeaders;

/// Receives turbine on one port and tells a listener of blocks. An agent: drive it with any runner
/// and idle strategy.
///
/// It owns its engine and drives all ports that are open on it.
public final class TvuReceiver implements Agent {
  private final PacketEngine engine;
  private final PacketPort port;
  private final BlockAssembler assembler;
  private final IntakeCounters counters;

  /// What a receiver needs of its surroundings.
  ///
  /// @param engine driven and closed by the receiver
  /// @param clockNs monotonic nanoseconds
  /// @param recovered takes every rebuilt shred, during `doWork`
  public record Wiring(
      PacketEngine engine,
      PortOptions port,
      int shredVersion,
      SlotLeaders leaders,
      SignatureCheck signatures,
      AssemblerOptions assembler,
      LongSupplier clockNs,
      BlockListener listener,
      ShredSink recovered) {}

  /// Opens the port.
  ///
  /// @throws org.vexor.packet.PortException when the port cannot be bound
  public TvuReceiver(Wiring wiring) {
    engine = wiring.engine();
    assembler =
        new BlockAssembler(
            wiring.assembler(), wiring.clockNs(), wiring.listener(), wiring.recovered());
    counters = new IntakeCounters(assembler);
    var window = new SlotWindow(wiring.shredVersion());
    var verifier = new ShredVerifier(wiring.leaders(), wiring.signatures());
    port = engine.open(wiring.port(), new ShredIntake(window, verifier, assembler, counters));
  }

  @Override
  public int doWork() {
    return engine.doWork() + assembler.expire();
  }

  @Override
  public String roleName() {
    return "tvu";
  }

  /// Gives up every slot in flight, so that the listener hears of each, and closes the engine.
  @Override
  public void onClose() {
    try {
      assembler.finish();
    } finally {
      engine.close();
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

  /// Slots given up. Any thread.
  public long abandonedSlots() {
    return assembler.abandonedSlots();
  }
}
