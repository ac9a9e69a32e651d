package org.vexor.localnet;

import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.select.PacketEngines;

/// What carries the datagrams: one engine for the leaders, one for each receiver.
@FunctionalInterface
public interface EngineFactory {
  /// A new engine, owned by the caller.
  PacketEngine open(EngineOptions options);

  /// The best that this machine gives.
  static EngineFactory best() {
    return PacketEngines::local;
  }
}
