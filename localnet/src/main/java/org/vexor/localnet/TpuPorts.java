package org.vexor.localnet;

import java.util.ArrayList;
import java.util.List;
import org.vexor.localnet.chain.Intake;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.quic.PortLoops;
import org.vexor.solana.Pubkey;
import org.vexor.tpu.server.ServerLimits;
import org.vexor.tpu.server.Stakes;
import org.vexor.tpu.server.TpuServer;

/// The QUIC ports at which the nodes take transactions. The event loop is one thread for them all.
final class TpuPorts implements AutoCloseable {
  /// The defaults, but for those of one address: here it is that of all clients there are.
  private static final ServerLimits LIMITS =
      ServerLimits.DEFAULT
          .withConnectionsOfOne(ServerLimits.DEFAULT.perIdentity(), 256)
          .withNewConnections(1_200, ServerLimits.DEFAULT.newPerSecond());

  private final PortLoops loops;
  private final List<TpuServer> servers = new ArrayList<>();

  /// Opens a port for each node, on loopback.
  ///
  /// @param intake gets what comes
  TpuPorts(Cluster cluster, EngineFactory engines, Intake intake) {
    loops = PortLoops.start("localnet-tpu", 1, () -> engines.open(EngineOptions.DEFAULT));
    for (Cluster.Member member : cluster.members()) {
      servers.add(
          TpuServer.start(
              loops,
              Endpoint.loopback(0).toSocketAddress(),
              1,
              member.identity(),
              LIMITS,
              stakes(cluster),
              (transaction, origin) -> {
                byte[] bytes = new byte[transaction.remaining()];
                transaction.get(bytes);
                intake.offer(member.number(), bytes);
              }));
    }
  }

  private static Stakes stakes(Cluster cluster) {
    long total = cluster.members().stream().mapToLong(Cluster.Member::lamports).sum();
    return new Stakes() {
      @Override
      public long of(Pubkey identity) {
        return cluster.numberOf(identity).map(n -> cluster.members().get(n).lamports()).orElse(0L);
      }

      @Override
      public long total() {
        return total;
      }
    };
  }

  /// Where a node takes transactions.
  Endpoint address(int node) {
    return Endpoint.of(servers.get(node).localAddress());
  }

  /// On whose thread the servers run; a client may share it.
  PortLoops loops() {
    return loops;
  }

  @Override
  public void close() {
    servers.forEach(TpuServer::close);
    loops.close();
  }
}
