package org.vexor.localnet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.vexor.localnet.chain.Intake;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;

/// The ports at which the nodes take votes by UDP, and from which they send theirs. One thread,
/// after it is opened.
final class VotePorts implements AutoCloseable {
  private static final EngineOptions ENGINE = new EngineOptions(1232, 128, 128);

  private final PacketEngine engine;
  private final List<PacketPort> ports = new ArrayList<>();

  /// Opens a port for each node, on loopback.
  ///
  /// @param intake gets what comes
  VotePorts(int nodes, EngineFactory engines, Intake intake) {
    engine = engines.open(ENGINE);
    for (int node = 0; node < nodes; node++) {
      int number = node;
      ports.add(
          engine.open(
              PortOptions.bind(Endpoint.loopback(0)),
              (port, datagram) ->
                  intake.offer(
                      number,
                      datagram
                          .segment()
                          .asSlice(datagram.offset(), datagram.length())
                          .toArray(ValueLayout.JAVA_BYTE))));
    }
  }

  /// Where a node takes votes.
  Endpoint address(int node) {
    return ports.get(node).localEndpoint();
  }

  /// Sends a vote of a node.
  boolean send(int node, byte[] vote, Endpoint to) {
    return ports.get(node).send(MemorySegment.ofArray(vote), 0, vote.length, to);
  }

  int doWork() {
    return engine.doWork();
  }

  @Override
  public void close() {
    engine.close();
  }
}
