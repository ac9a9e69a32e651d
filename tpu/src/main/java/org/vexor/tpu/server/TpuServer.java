package org.vexor.tpu.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.vexor.quic.Application;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.PortLoops;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicServer;
import org.vexor.quic.path.Timer;
import org.vexor.quic.tls.Ed25519Key;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Keypair;

/// A leader's transaction port.
public final class TpuServer implements AutoCloseable {
  /// How often slow streams are looked for.
  private static final Duration TICK = Duration.ofSeconds(1);

  /// Of what a client may send beyond what was read (CONNECTION_RECEIVE_WINDOW_BYTES of Agave).
  private static final long CONNECTION_WINDOW_BYTES = 8 << 20;

  private static final long LONGEST_END_SECONDS = 1;

  private final ServerLimits limits;
  private final Stakes stakes;
  private final TransactionReceiver receiver;
  private final ServerCounters counters = new ServerCounters();
  private final ClientTable table;
  private final StakedLoad load;
  private final Timer timer;
  private final QuicServer endpoint;
  private volatile boolean closed;

  private TpuServer(
      PortLoops loops,
      InetSocketAddress bind,
      int ports,
      Keypair identity,
      ServerLimits limits,
      Stakes stakes,
      TransactionReceiver receiver) {
    this.limits = limits;
    this.stakes = stakes;
    this.receiver = receiver;
    this.table = new ClientTable(limits);
    this.timer = Timer.on(loops.executor(), System::nanoTime);
    this.load = new StakedLoad(limits.perSecond(), timer.nowNs());
    Ed25519Key key = Ed25519Key.of(identity.publicKey().bytes());
    this.endpoint =
        QuicServer.bind(
            loops.transport(),
            bind,
            ports,
            TlsOptions.solana(TlsIdentity.solana(identity.privateKey(), key)),
            EndpointOptions.DEFAULT
                .withIdleTimeout(limits.idleTimeout())
                .withStreams(0, limits.streams())
                .withWindows(CONNECTION_WINDOW_BYTES, limits.transactionBytes())
                .withDatagramQueue(0)
                .withMigration(false),
            limits.admission(),
            new Application.Messages(this::client, limits.transactionBytes(), limits.patience()));
  }

  /// Binds the port and serves from now on.
  ///
  /// @param loops must allow several channels on one port when `ports` is more than 1
  /// @param ports event loops to spread clients over
  /// @param stakes asked as clients connect
  /// @throws IllegalStateException when the address cannot be bound
  public static TpuServer start(
      PortLoops loops,
      InetSocketAddress bind,
      int ports,
      Keypair identity,
      ServerLimits limits,
      Stakes stakes,
      TransactionReceiver receiver) {
    var server = new TpuServer(loops, bind, ports, identity, limits, stakes, receiver);
    server.timer.after(TICK, server::tick);
    return server;
  }

  private ClientConnection client(QuicConnection connection) {
    return new ClientConnection(
        this, new TransactionOrigin(connection.remoteAddress(), Optional.empty(), 0));
  }

  private void tick() {
    if (!closed) {
      table.all().forEach(ClientConnection::expireLater);
      timer.after(TICK, this::tick);
    }
  }

  /// The stake that counts: less than would give one transaction a window is as good as none.
  long usableStake(Pubkey identity) {
    long stake = stakes.of(identity);
    long windowsWorth = limits.perSecond() / 10;
    return stake > 0 && (double) stake / stakes.total() * windowsWorth >= 1 ? stake : 0;
  }

  Quota quota(long stake) {
    double part = stake == 0 ? 0 : (double) stake / stakes.total();
    return new Quota(load, limits, part, System.nanoTime());
  }

  boolean admit(ClientConnection client, QuicConnection connection) {
    ClientTable.Admission admission = table.admit(client);
    admission
        .evicted()
        .forEach(
            each -> {
              counters.add(ServerEvent.EVICTED);
              counters.add(ServerEvent.ENDED);
              each.close(ServerClose.DROPPED);
            });
    if (admission.refusal().isEmpty()) {
      counters.add(client.isStaked() ? ServerEvent.STAKED : ServerEvent.UNSTAKED);
      return true;
    }
    ServerEvent refusal = admission.refusal().get();
    counters.add(refusal);
    ServerClose why =
        refusal == ServerEvent.DISALLOWED ? ServerClose.DISALLOWED : ServerClose.TOO_MANY;
    connection.close(why.code(), why.text());
    return false;
  }

  void ended(ClientConnection client) {
    if (table.remove(client)) {
      counters.add(ServerEvent.ENDED);
    }
  }

  TransactionReceiver receiver() {
    return receiver;
  }

  /// What was received, and what was not. Any thread.
  public ServerCounters counters() {
    return counters;
  }

  /// Clients that are let in now. Any thread.
  public int connections() {
    return table.size();
  }

  /// The QUIC below. Any thread.
  public QuicServer endpoint() {
    return endpoint;
  }

  /// Where clients send to. Any thread.
  public InetSocketAddress localAddress() {
    return endpoint.localAddress();
  }

  /// Tells all clients to go, and gives the port back. Not from one of its event loops.
  @Override
  public void close() {
    closed = true;
    CompletableFuture<?>[] ends =
        table.all().stream()
            .map(client -> client.end(ServerClose.DROPPED).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    var _ =
        CompletableFuture.allOf(ends)
            .completeOnTimeout(null, LONGEST_END_SECONDS, TimeUnit.SECONDS)
            .join();
    endpoint.close();
  }
}
