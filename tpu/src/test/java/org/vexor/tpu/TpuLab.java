package org.vexor.tpu;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.PortLoops;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.tpu.send.Ending;
import org.vexor.tpu.send.LeaderPaths;
import org.vexor.tpu.send.LeaderSource;
import org.vexor.tpu.send.LossReason;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SendListener;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.TpuTarget;
import org.vexor.tpu.server.ServerLimits;
import org.vexor.tpu.server.Stakes;
import org.vexor.tpu.server.TpuServer;
import org.vexor.tpu.server.TransactionOrigin;
import org.vexor.tpu.server.TransactionReceiver;

/// Senders and servers on loopback that go with the test.
public final class TpuLab implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  public final Keypair clientKey = Keypair.generate();
  public final Keypair serverKey = Keypair.generate();
  public final Told told = new Told();
  public final Received received = new Received();

  private final Ed25519Signer payer = new Ed25519Signer(Keypair.generate());
  private final List<Runnable> closers = new ArrayList<>();
  private long made;

  /// What a sender was told.
  public static final class Told implements SendListener {
    public final AtomicInteger queued = new AtomicInteger();
    public final AtomicInteger sent = new AtomicInteger();
    public final AtomicInteger acknowledged = new AtomicInteger();
    public final Map<LossReason, AtomicInteger> lost = new ConcurrentHashMap<>();
    public final Queue<String> details = new ConcurrentLinkedQueue<>();
    public final Map<Signature, Ending> ended = new ConcurrentHashMap<>();

    @Override
    public void queued(Signature signature, TpuTarget target) {
      queued.incrementAndGet();
    }

    @Override
    public void sent(Signature signature, TpuTarget target, long waitedNs) {
      sent.incrementAndGet();
    }

    @Override
    public void acknowledged(Signature signature, TpuTarget target, long tookNs) {
      acknowledged.incrementAndGet();
    }

    @Override
    public void lost(Signature signature, TpuTarget target, LossReason reason, String detail) {
      lost.computeIfAbsent(reason, _ -> new AtomicInteger()).incrementAndGet();
      details.add(detail);
    }

    @Override
    public void ended(Signature signature, Ending ending) {
      if (ended.put(signature, ending) != null) {
        throw new AssertionError(signature + " ended twice");
      }
    }

    public int losses(LossReason reason) {
      return lost.getOrDefault(reason, new AtomicInteger()).get();
    }

    public long endings(Ending ending) {
      return ended.values().stream().filter(ending::equals).count();
    }
  }

  /// What servers received, by first signature.
  public static final class Received implements TransactionReceiver {
    public final Map<Signature, byte[]> transactions = new ConcurrentHashMap<>();
    public final AtomicInteger count = new AtomicInteger();
    public final Queue<TransactionOrigin> origins = new ConcurrentLinkedQueue<>();

    @Override
    public void received(ByteBuffer transaction, TransactionOrigin origin) {
      byte[] bytes = new byte[transaction.remaining()];
      transaction.get(bytes);
      if (bytes.length > 64) {
        transactions.put(Signature.of(bytes, 1), bytes);
      }
      origins.add(origin);
      count.incrementAndGet();
    }
  }

  public PortLoops loops() {
    PortLoops loops = PortLoops.start("tpu", 1, () -> PacketEngines.local(EngineOptions.DEFAULT));
    closers.add(loops::close);
    return loops;
  }

  public static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /// With all stake for the client of this lab, or none.
  public TpuServer server(InetSocketAddress at, ServerLimits limits, boolean staked) {
    TpuServer server =
        TpuServer.start(
            loops(), at, 1, serverKey, limits, staked ? allFor(clientKey) : Stakes.NONE, received);
    closers.add(server::close);
    return server;
  }

  public TpuServer server() {
    return server(anyPort(), ServerLimits.DEFAULT, true);
  }

  private static Stakes allFor(Keypair key) {
    return new Stakes() {
      @Override
      public long of(Pubkey identity) {
        return identity.equals(key.publicKey()) ? total() : 0;
      }

      @Override
      public long total() {
        return 1_000_000_000;
      }
    };
  }

  public TpuTarget target(TpuServer server) {
    return new TpuTarget(serverKey.publicKey(), server.localAddress());
  }

  public QuicSender sender(SenderOptions options, LeaderSource leaders) {
    return sender(clientKey, options, leaders);
  }

  public QuicSender sender(Keypair identity, SenderOptions options, LeaderSource leaders) {
    LeaderPaths paths = LeaderPaths.direct(loops(), anyPort(), 1, identity);
    closers.add(paths::close);
    QuicSender sender =
        QuicSender.start(
            paths,
            options,
            leaders,
            told,
            paths.timer(),
            new SplittableRandom(1),
            CacheObserver.NONE);
    closers.add(sender::close);
    return sender;
  }

  /// A signed transfer; no two alike.
  public SendRequest transfer(TpuTarget... to) {
    made++;
    var signer =
        new TransactionSigner() {
          @Override
          public Pubkey pubkey() {
            return payer.publicKey();
          }

          @Override
          public Signature sign(byte[] message) {
            return payer.sign(message);
          }
        };
    Transaction transaction =
        Transaction.sign(
            new MessageBuilder(payer.publicKey())
                .add(SystemProgram.transfer(payer.publicKey(), clientKey.publicKey(), made))
                .buildLegacy(Hash.ZERO),
            List.of(signer));
    return SendRequest.of(
            transaction.signatures().getFirst(), transaction.toByteArray(), SendRequest.NO_LIMIT)
        .withTargets(List.of(to));
  }

  public static void await(String what, BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNs) {
        throw new AssertionError("waited in vain: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    closers.reversed().forEach(Runnable::run);
  }
}
