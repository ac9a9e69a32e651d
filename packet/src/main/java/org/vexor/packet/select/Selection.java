package org.vexor.packet.select;

import java.util.Optional;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.xdp.device.DeviceMode;

/// What a program wants of its engine.
///
/// @param wanted the backend
/// @param bind where it will receive: tells the interface when none is named
/// @param networkInterface the device for AF_XDP, by name
/// @param xdpMode how AF_XDP is to work on it
/// @param queues which of its receive queues
/// @param confirmSeconds AF_XDP detaches after so long unless [PacketEngines#confirm] was called,
///   for the first run on a machine that one could lock oneself out of; 0 for not
/// @param engine memory of the engine
public record Selection(
    Wanted wanted,
    Endpoint bind,
    Optional<String> networkInterface,
    DeviceMode xdpMode,
    QueueChoice queues,
    int confirmSeconds,
    EngineOptions engine) {
  /// The best for a port that will be bound there.
  public static Selection automatic(Endpoint bind) {
    return new Selection(
        Wanted.AUTO,
        bind,
        Optional.empty(),
        DeviceMode.AUTO,
        new QueueChoice.All(),
        0,
        EngineOptions.DEFAULT);
  }

  public Selection withWanted(Wanted other) {
    return new Selection(other, bind, networkInterface, xdpMode, queues, confirmSeconds, engine);
  }

  public Selection withInterface(String name) {
    return new Selection(wanted, bind, Optional.of(name), xdpMode, queues, confirmSeconds, engine);
  }

  public Selection withXdpMode(DeviceMode other) {
    return new Selection(wanted, bind, networkInterface, other, queues, confirmSeconds, engine);
  }

  public Selection withQueues(QueueChoice other) {
    return new Selection(wanted, bind, networkInterface, xdpMode, other, confirmSeconds, engine);
  }

  public Selection withConfirmation(int seconds) {
    return new Selection(wanted, bind, networkInterface, xdpMode, queues, seconds, engine);
  }

  public Selection withEngine(EngineOptions other) {
    return new Selection(wanted, bind, networkInterface, xdpMode, queues, confirmSeconds, other);
  }
}
