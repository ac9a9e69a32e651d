package org.vexor.netty;

import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import org.vexor.packet.PacketEngine;

/// What the channels of one event loop share: the engine, the pool of messages, the addresses seen,
/// and who wants to be told what. Loop thread only.
final class PacketLoop {
  private final PacketEngine engine;
  private final FramePool frames;
  private final PeerTable peers = new PeerTable();
  private final List<PacketRegistration> registrations = new ArrayList<>();
  private final List<PacketRegistration> turns = new ArrayList<>();
  private final List<PacketRegistration> flushes = new ArrayList<>();
  private List<PacketRegistration> writes = new ArrayList<>();
  private List<PacketRegistration> spareWrites = new ArrayList<>();

  PacketLoop(PacketEngine engine, ThreadAwareExecutor executor) {
    this.engine = engine;
    this.frames = new FramePool(engine, executor);
  }

  PacketEngine engine() {
    return engine;
  }

  FramePool frames() {
    return frames;
  }

  PeerTable peers() {
    return peers;
  }

  PacketRegistration register(PacketHandle handle) {
    var registration = new PacketRegistration(this, handle);
    registrations.add(registration);
    handle.registered();
    return registration;
  }

  void cancelled(PacketRegistration registration) {
    registrations.remove(registration);
  }

  List<PacketRegistration> registrations() {
    return List.copyOf(registrations);
  }

  void onTurnOver(PacketRegistration registration) {
    turns.add(registration);
  }

  void onFlush(PacketRegistration registration) {
    flushes.add(registration);
  }

  void onWritable(PacketRegistration registration) {
    writes.add(registration);
  }

  /// One turn: what was written by tasks goes out, the engine works, channels are told.
  ///
  /// @return what the engine moved, plus channels that were told something and had work of it
  int turn() {
    int told = tell(flushes, PacketIoEvent.FLUSH);
    int work = engine.doWork();
    told += tell(turns, PacketIoEvent.TURN_OVER);
    told += resumeWrites();
    // Answers that the last two made.
    return told + work + tell(flushes, PacketIoEvent.FLUSH);
  }

  /// Those that are still full ask again, and do not count: the engine's `await` ends when the
  /// system takes more, so the loop may sleep.
  private int resumeWrites() {
    List<PacketRegistration> now = writes;
    writes = spareWrites;
    spareWrites = now;
    return tell(now, PacketIoEvent.WRITABLE) - writes.size();
  }

  private static int tell(List<PacketRegistration> who, PacketIoEvent event) {
    // Being told, a channel may close, and others may join the list.
    int told = 0;
    while (told < who.size()) {
      who.get(told++).tell(event);
    }
    who.clear();
    return told;
  }
}
