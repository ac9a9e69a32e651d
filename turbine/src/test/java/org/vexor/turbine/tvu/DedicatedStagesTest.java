package org.vexor.turbine.tvu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.Backend;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.select.PacketEngines;
import org.vexor.packet.select.Selection;
import org.vexor.packet.select.Wanted;
import org.vexor.packet.uring.UringEngine;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.crypto.Keypair;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockChecks;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.shredder.Shredder;
import org.vexor.turbine.verify.SlotLeaders;

/// The stages on threads of their own, over real sockets.
final class DedicatedStagesTest {
  private static final int VERSION = 7;
  private static final Keypair LEADER = Keypair.fromSeed(new byte[32]);
  private static final long PATIENCE_NS = 20_000_000_000L;

  private final Arena arena = Arena.ofAuto();
  private final List<MemorySegment> shreds = new ArrayList<>();

  /// Engines that run without privilege.
  enum Sockets {
    BATCH,
    URING;

    PacketEngine open() {
      EngineOptions options = TvuReceiver.engineOptions(ThreadingMode.DEDICATED);
      try {
        return this == BATCH ? new BatchEngine(options) : new UringEngine(options);
      } catch (PortException e) {
        return abort("no " + this + " here: " + e.getMessage());
      }
    }
  }

  private static TvuReceiver receiver(PacketEngine engine, Endpoint bind) {
    return new TvuReceiver(
        new TvuReceiver.Wiring(
            engine,
            PortOptions.bind(bind),
            VERSION,
            SlotLeaders.always(LEADER.publicKey()),
            new Ed25519Verifier(),
            AssemblerOptions.live(BlockChecks.NONE),
            System::nanoTime,
            new BlockListener() {
              @Override
              public void finished(BlockSummary block) {}

              @Override
              public void abandoned(BlockSummary partial, AbandonReason reason) {}
            },
            ShredSink.NONE),
        ThreadingMode.DEDICATED);
  }

  /// 64 shreds a set, three sets a slot.
  private void makeSlots(long first, int count) {
    var shredder = new Shredder(new Ed25519Signer(LEADER)::sign, VERSION);
    byte[] batch = new byte[80_000];
    for (long slot = first; slot < first + count; slot++) {
      shredder.startSlot(slot, slot - 1, new byte[32]);
      shredder.shred(
          batch,
          0,
          batch.length,
          1,
          true,
          (bytes, offset, length) ->
              shreds.add(
                  arena
                      .allocate(length)
                      .copyFrom(MemorySegment.ofArray(bytes).asSlice(offset, length))));
    }
  }

  /// Sends one after another, waiting while too many are under way for the receiver's buffer.
  private long sendAll(PacketEngine engine, PacketPort from, TvuReceiver to) {
    long sent = 0;
    for (MemorySegment shred : shreds) {
      while (!from.send(shred, 0, (int) shred.byteSize(), to.port().localEndpoint())) {
        engine.doWork();
      }
      if (++sent % 64 == 0) {
        engine.doWork();
        long due = sent - 512;
        await(() -> to.port().counters().received() >= due);
      }
    }
    await(
        () -> {
          engine.doWork();
          return from.queued() == 0;
        });
    return sent;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadline < 0, "waited too long");
      Thread.onSpinWait();
    }
  }

  private static AgentRunner start(Agent agent, List<Throwable> failures) {
    var runner = new AgentRunner(YieldingIdleStrategy.INSTANCE, failures::add, null, agent);
    AgentRunner.startOnThread(runner);
    return runner;
  }

  @ParameterizedTest
  @EnumSource(Sockets.class)
  void blocksComeOutWholeAndAccountsClose(Sockets sockets) {
    makeSlots(100, 30);
    var failures = new ArrayList<Throwable>();
    TvuReceiver receiver = receiver(sockets.open(), Endpoint.loopback(0));
    long sent;
    try (var sender = new BatchEngine(EngineOptions.DEFAULT);
        var _ = start(receiver.stages().get(1), failures);
        var _ = start(receiver.stages().get(0), failures)) {
      PacketPort from = sender.open(PortOptions.bind(Endpoint.loopback(0)), (_, _) -> {});
      sent = sendAll(sender, from, receiver);
      await(
          () -> receiver.counters().datagrams() == sent && receiver.counters().unaccounted() == 0);
    }
    assertEquals(List.of(), failures);
    assertEquals(30, receiver.finishedBlocks());
    assertEquals(0, receiver.counters().unaccounted());
    assertEquals(0, receiver.port().counters().dropped(DropReason.RECEIVE_NO_FRAME));
  }

  /// Nobody verifies: what does not fit is shed under its name, and reception goes on.
  @ParameterizedTest
  @EnumSource(Sockets.class)
  void shedsWhatWaitsTooLong(Sockets sockets) {
    makeSlots(100, 45); // 8640 shreds
    TvuReceiver receiver = receiver(sockets.open(), Endpoint.loopback(0));
    try (var sender = new BatchEngine(EngineOptions.DEFAULT)) {
      PacketPort from = sender.open(PortOptions.bind(Endpoint.loopback(0)), (_, _) -> {});
      Agent reception = receiver.stages().get(0);
      var failures = new ArrayList<Throwable>();
      long sent;
      try (var _ = start(reception, failures)) {
        sent = sendAll(sender, from, receiver);
        await(() -> receiver.counters().datagrams() == sent);
        assertEquals(8192, receiver.counters().unaccounted(), "in the queue");
      }
      receiver.stages().get(1).onClose();
      assertEquals(sent - 8192, receiver.counters().shedCount(ShedReason.VERIFY_QUEUE_FULL));
      assertEquals(sent - 8192, receiver.counters().drops().get("verify_queue_full"));
      assertEquals(0, receiver.counters().unaccounted());
      assertEquals(List.of(), failures);
    }
  }

  /// From the kernel's socket through the filter into the queue, counted by the JVM.
  @ParameterizedTest
  @EnumSource(Sockets.class)
  void receptionAllocatesNothing(Sockets sockets) {
    makeSlots(100, 20);
    TvuReceiver receiver = receiver(sockets.open(), Endpoint.loopback(0));
    try (var sender = new BatchEngine(EngineOptions.DEFAULT)) {
      PacketPort from = sender.open(PortOptions.bind(Endpoint.loopback(0)), (_, _) -> {});
      assertEquals(0, allocatedByReception(receiver, sender, from, shreds));
      receiver.onClose();
    }
  }

  /// The same from the rings of AF_XDP.
  @Test
  @RequiresRoot
  void receptionFromAfXdpAllocatesNothing() {
    makeSlots(100, 20);
    try (VirtualHosts hosts = VirtualHosts.create("vxtvu")) {
      TvuReceiver receiver = receiverOn(hosts.left());
      try (PacketEngine sender = in(hosts.right(), () -> new BatchEngine(EngineOptions.DEFAULT))) {
        PacketPort from =
            in(
                hosts.right(),
                () -> sender.open(PortOptions.bind(at(hosts.right(), 9000)), (_, _) -> {}));
        assertEquals(Backend.AF_XDP, receiver.engine().report().backend());
        assertEquals(0, allocatedByReception(receiver, sender, from, shreds));
      } finally {
        receiver.onClose();
      }
    }
  }

  private static TvuReceiver receiverOn(VirtualHosts.Host host) {
    Selection selection =
        Selection.automatic(at(host, 9004))
            .withWanted(Wanted.AF_XDP)
            .withEngine(TvuReceiver.engineOptions(ThreadingMode.DEDICATED));
    return in(host, () -> receiver(PacketEngines.open(selection), selection.bind()));
  }

  private static Endpoint at(VirtualHosts.Host host, int port) {
    return Endpoint.parse(host.ipv4() + ":" + port);
  }

  private static <T> T in(VirtualHosts.Host host, Supplier<T> work) {
    try (var _ = NetworkNamespace.enter(host.path())) {
      return work.get();
    }
  }

  /// Bytes allocated by the receiving stage over 3200 shreds, once its paths are compiled.
  private static long allocatedByReception(
      TvuReceiver receiver, PacketEngine sender, PacketPort from, List<MemorySegment> shreds) {
    var beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var reception = (ReceiveAgent) receiver.stages().get(0);
    var verification = (VerifyAgent) receiver.stages().get(1);
    long self = Thread.currentThread().threadId();
    long allocated = Long.MAX_VALUE;
    long sent = 0;
    // Until the paths are compiled, the linker's own code allocates at each system call.
    for (int attempt = 0; attempt < 100 && allocated > 0; attempt++) {
      allocated = 0;
      for (int round = 0; round < 200; round++) {
        for (int i = 0; i < 16; i++) {
          MemorySegment shred = shreds.get((int) (sent++ % shreds.size()));
          Endpoint to = receiver.port().localEndpoint();
          assertTrue(from.send(shred, 0, (int) shred.byteSize(), to));
        }
        sender.doWork();
        long due = sent;
        long before = beans.getThreadAllocatedBytes(self);
        while (receiver.counters().datagrams() < due) {
          reception.doWork();
        }
        allocated += beans.getThreadAllocatedBytes(self) - before;
        verification.doWork();
      }
    }
    return allocated;
  }
}
