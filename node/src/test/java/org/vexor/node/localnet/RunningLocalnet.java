package org.vexor.node.localnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.vexor.localnet.EngineFactory;
import org.vexor.localnet.Localnet;
import org.vexor.localnet.LocalnetListener;
import org.vexor.localnet.LocalnetOptions;
import org.vexor.localnet.SlotReport;
import org.vexor.node.rpc.RpcServer;
import org.vexor.solana.Signature;

/// A localnet of three nodes with QUIC ports, its JSON-RPC and WebSocket on one port; runs until it
/// is closed.
public final class RunningLocalnet implements AutoCloseable {
  private static final long PATIENCE_NS = 20_000_000_000L;

  private static final LocalnetListener SILENT =
      new LocalnetListener() {
        @Override
        public void discovered(long tookNs) {}

        @Override
        public void slot(SlotReport report) {}

        @Override
        public void skipped(long slot, int leader, long lateNs) {}
      };

  private final Localnet localnet =
      new Localnet(
          LocalnetOptions.DEFAULT.withNodes(3).withTransactionsPerSecond(0).withQuic(),
          EngineFactory.best(),
          System::nanoTime,
          System::currentTimeMillis,
          SILENT);
  private final Thread running = Thread.ofPlatform().daemon().unstarted(localnet::run);
  private final RpcServer server;

  /// Begins to run.
  public RunningLocalnet() {
    running.start();
    server = serve();
  }

  /// One more JSON-RPC of it, the caller's.
  public RpcServer serve() {
    try {
      return RpcServer.start(
          new LocalnetRpc(localnet),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          "0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What runs.
  public Localnet localnet() {
    return localnet;
  }

  /// Waits until there is a block.
  public void awaitBlock() {
    await("a block", () -> localnet.view().blocks().latest().slot() > 0);
  }

  /// Waits until a block holds a transaction.
  public void awaitBlockWith(Signature signature) {
    await("a block with it", () -> localnet.view().slotOf(signature).isPresent());
  }

  private static void await(String what, BooleanSupplier condition) {
    long startNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startNs > PATIENCE_NS) {
        throw new IllegalStateException("not in 20 s: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /// Its JSON-RPC.
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  /// Its WebSocket.
  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + server.address().getPort());
  }

  @Override
  public void close() {
    server.close();
    localnet.stop();
    try {
      running.join(PATIENCE_NS / 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
