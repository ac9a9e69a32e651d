package org.vexor.gossip.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.vexor.gossip.bootstrap.ContactFile;
import org.vexor.gossip.node.GossipListener;
import org.vexor.gossip.node.GossipNode;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.gossip.verify.VerifiedValues;
import org.vexor.gossip.verify.VerifierAgent;
import org.vexor.gossip.verify.VerifyQueue;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortOptions;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.random.ChaCha;

/// Runs a [GossipNode] on two threads of its own until it is closed. Any thread may ask its node
/// for what [GossipNode] offers to other threads.
public final class GossipService implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(GossipService.class.getName());
  private static final int VERIFY_QUEUE = 8192;
  private static final int VERIFIED_VALUES = 1 << 15;

  /// Decoded keys that are kept: of as many owners as a table holds, since all of them are heard of
  /// in turn, and a smaller memory of those used last would never find one. About 3 kB each.
  private static final int CACHED_KEYS = 8192;

  /// The shortest period of the node is 100 ms; datagrams and the verifier end the sleep.
  private static final long SLEEP_NS = 20_000_000;

  /// The node wakes the verifier; it looks by itself now and then to see whether it is to end.
  private static final long VERIFIER_PARK_NS = 200_000_000;

  /// Contacts are saved so long after the start, then after twice as long each time up to the
  /// longest period: who ends soon by `kill -9` has something to begin with, too.
  private static final long FIRST_SAVE_MS = 5_000;

  private static final long LONGEST_SAVE_MS = 60_000;
  private static final long END_MS = 2_000;

  private final PacketEngine engine;
  private final VerifyQueue queue;
  private final GossipNode node;
  private final VerifierAgent verifier;
  private final Optional<Path> contactFile;
  private final Thread nodeThread;
  private final Thread verifierThread;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean ended;

  private GossipService(
      PacketEngine engine,
      PortOptions port,
      Keypair identity,
      GossipOptions options,
      GossipListener listener,
      Optional<Path> contactFile) {
    this.engine = engine;
    this.contactFile = contactFile;
    this.queue = new VerifyQueue(VERIFY_QUEUE);
    byte[] seed = new byte[ChaCha.SEED_LENGTH];
    new SecureRandom().nextBytes(seed);
    this.node =
        new GossipNode(
            engine,
            port,
            GossipSigner.of(identity),
            options,
            queue,
            System::currentTimeMillis,
            ChaCha.chaCha20().seed(seed, 0),
            listener);
    this.verifier =
        new VerifierAgent(
            queue,
            new Ed25519Verifier(CACHED_KEYS),
            new VerifiedValues(VERIFIED_VALUES),
            engine::wakeup);
    this.nodeThread = Thread.ofPlatform().name("gossip").unstarted(this::runNode);
    this.verifierThread =
        Thread.ofPlatform().name("gossip-verify").daemon().unstarted(this::runVerifier);
  }

  /// Opens the port and starts.
  ///
  /// @param engine for this node alone; closed with the service
  /// @param contactFile where known contacts are kept from one run to the next; read now, if there
  /// @throws org.vexor.packet.PortException when the port cannot be bound; the engine is closed
  ///   then
  public static GossipService start(
      PacketEngine engine,
      PortOptions port,
      Keypair identity,
      GossipOptions options,
      GossipListener listener,
      Optional<Path> contactFile) {
    GossipService service;
    try {
      service = new GossipService(engine, port, identity, options, listener, contactFile);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
    service.load();
    service.verifierThread.start();
    service.nodeThread.start();
    return service;
  }

  private void load() {
    if (contactFile.isEmpty() || !Files.exists(contactFile.get())) {
      return;
    }
    try {
      switch (ContactFile.read(contactFile.get())) {
        case ContactFile.Reading.Read read -> node.offer(read.values());
        case ContactFile.Reading.Refused refused ->
            LOG.log(
                System.Logger.Level.WARNING,
                "contacts of the last run are not used: {0} is damaged, reason={1}",
                contactFile.get(),
                refused.why());
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "contacts of the last run are not used: {0}",
          e.getMessage());
    }
  }

  private void runNode() {
    long saveMs = System.currentTimeMillis() + FIRST_SAVE_MS;
    long periodMs = FIRST_SAVE_MS;
    try {
      while (!ended) {
        int work = node.doWork();
        if (queue.waiting() > 0) {
          LockSupport.unpark(verifierThread);
        }
        if (work == 0) {
          engine.await(SLEEP_NS);
        }
        long nowMs = System.currentTimeMillis();
        if (nowMs >= saveMs) {
          save();
          periodMs = Math.min(2 * periodMs, LONGEST_SAVE_MS);
          saveMs = nowMs + periodMs;
        }
      }
      save();
    } finally {
      ended = true;
      node.close();
      engine.close();
    }
  }

  private void save() {
    if (contactFile.isEmpty()) {
      return;
    }
    try {
      ContactFile.write(contactFile.get(), node.toSave());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "contacts not saved: {0}", e.getMessage());
    }
  }

  private void runVerifier() {
    while (!ended) {
      if (verifier.doWork() == 0) {
        LockSupport.parkNanos(this, VERIFIER_PARK_NS);
      }
    }
  }

  /// The node, for what it offers to other threads.
  public GossipNode node() {
    return node;
  }

  /// Whether it still runs; it ends by [#close] or by a fault, which the thread's handler reports.
  public boolean isRunning() {
    return !ended;
  }

  /// Ends the threads, saves the contacts, closes port and engine.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    ended = true;
    engine.wakeup();
    LockSupport.unpark(verifierThread);
    try {
      nodeThread.join(END_MS);
      verifierThread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
