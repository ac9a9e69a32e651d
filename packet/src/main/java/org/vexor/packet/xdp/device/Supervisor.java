package org.vexor.packet.xdp.device;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.vexor.linux.KernelException;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkSnapshot;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;

/// Keeps a device in use for its members: attaches, watches, gives up, tries again.
///
/// Two locks: `work` for what may take long (bind, attach, dumps), held by openers, closers and the
/// control thread; the monitor for what ports need at once. The second is never held over a slow
/// call, and taken after the first.
final class Supervisor implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Supervisor.class.getName());
  private static final long SECOND_NS = 1_000_000_000L;

  /// How often it looks for what engines did, on the way back; they nudge as well.
  private static final long STEP_NS = 20_000_000L;

  /// Who detached the program is to see that it is gone before it comes back, and so is who asks
  /// for the state once a second.
  private static final long DETACHED_NS = 2 * SECOND_NS;

  private final Object work = new Object();
  private final String name;
  private final Clock clock;
  private final NetworkWatch watch;
  private final Judge judge;
  private final Neighbourhood neighbourhood = new Neighbourhood();
  private final Plans plans;
  private final String driver;
  private final List<Member> members = new ArrayList<>();
  private final Takings takings = new Takings();
  private final Backoff backoff = new Backoff();
  private Optional<Attachment> attachment = Optional.empty();

  /// Under construction after a loss.
  private Optional<Attachment> next = Optional.empty();

  private int attachments;
  private long ticked = System.nanoTime();
  private final AtomicLong ticks = new AtomicLong();
  private volatile DeviceState state;

  /// Looks at the interface; attaches nothing yet.
  ///
  /// @throws PortException when it is not there or down
  Supervisor(String name, DeviceMode mode, int confirmSeconds, Clock clock) {
    this.name = name;
    this.clock = clock;
    judge = new Judge(name, confirmSeconds);
    watch = new NetworkWatch(name, this::look);
    try {
      NetworkSnapshot network = watch.network();
      Link link = Admission.usable(name, network.link(name));
      driver = ModePolicy.driver(name);
      plans = new Plans(ModePolicy.plans(mode, driver, link.index()));
      state =
          new DeviceState(
              0, network, link, 0, false, false, mode.label(), clock.instant(), "not attached", "");
    } catch (RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  void start() {
    watch.start();
  }

  DeviceState state() {
    return state;
  }

  long ticks() {
    return ticks.get();
  }

  String driver() {
    return driver;
  }

  void nudge() {
    watch.nudge();
  }

  void confirm() {
    judge.confirm();
    watch.nudge();
  }

  void suspect(String why) {
    judge.suspect(why);
    watch.nudge();
  }

  void inUse(long[] hops, int count) {
    neighbourhood.inUse(hops, count);
  }

  synchronized void take(Endpoint local, List<XdpQueue> queues) {
    takings.add(local, queues);
    show();
  }

  synchronized void spare(Endpoint local, List<XdpQueue> queues) {
    takings.remove(local, queues);
    show();
  }

  private synchronized void show() {
    attachment.ifPresent(
        made -> takings.show(made.filter(), state.network().addresses(), made.interfaceIndex()));
  }

  /// @throws KernelException when queues or program are refused; nothing is left then
  void add(Member member) {
    synchronized (work) {
      Admission.check(state.link(), members, member);
      if (attachment.isPresent()) {
        Sessions.start(member, attachment.get());
      } else if (members.isEmpty()) {
        attachFirst(member);
      } else {
        throw new PortException(
            "AF_XDP on " + name + " not opened: " + state.outcome(), state.remedy());
      }
      members.add(member);
      Trouble trouble = judge.look(state.network(), attachment);
      if (trouble.kind() == Trouble.Kind.PAUSED) {
        pause(trouble);
      }
      countQueues();
    }
  }

  private void attachFirst(Member member) {
    while (true) {
      Attachment made = load(state.link(), member);
      try {
        Sessions.start(member, made);
        try {
          made.attach();
        } catch (RuntimeException e) {
          Sessions.stop(member, made);
          throw e;
        }
      } catch (KernelException e) {
        made.close();
        if (plans.fallBack(e)) {
          continue;
        }
        throw e;
      } catch (RuntimeException e) {
        made.close();
        throw e;
      }
      carry(made);
      return;
    }
  }

  private Attachment load(Link link, Member member) {
    return Attachment.load(
        ++attachments,
        link.index(),
        link.rxQueues(),
        member.queues().getFirst().maxFrameBytes(),
        plans.current());
  }

  private void carry(Attachment made) {
    synchronized (this) {
      if (attachment.isEmpty() || attachment.get().number() != made.number()) {
        attachment = Optional.of(made);
        takings.forget();
      }
    }
    show();
    publish(state.carriedBy(made, clock.instant()));
    LOG.log(
        Level.INFO,
        "AF_XDP in use on {0}: {1}, driver={2}",
        name,
        state.mode(),
        driver.isEmpty() ? "unknown" : driver);
  }

  /// Ends the use by the engine with these queues.
  ///
  /// @return whether nobody is left
  boolean remove(List<XdpQueue> queues) {
    synchronized (work) {
      members.removeIf(member -> member.queues().equals(queues));
      if (members.isEmpty()) {
        attachment.ifPresent(Attachment::detach);
      }
      for (XdpQueue queue : queues) {
        Sessions.stop(queue, attachment);
      }
      if (members.isEmpty()) {
        drop();
      }
      countQueues();
      return members.isEmpty();
    }
  }

  private void countQueues() {
    int queues = members.stream().mapToInt(member -> member.queues().size()).sum();
    publish(state.withAllQueues(queues == state.link().rxQueues()));
  }

  private void drop() {
    Optional<Attachment> old;
    synchronized (this) {
      old = attachment;
      attachment = Optional.empty();
    }
    old.ifPresent(Attachment::close);
    next.ifPresent(Attachment::close);
    next = Optional.empty();
  }

  /// The control thread's turn: the network changed, an engine nudged, or a second is over.
  ///
  /// @return nanoseconds until it wants another
  private long look() {
    synchronized (work) {
      if (members.isEmpty()) {
        return SECOND_NS;
      }
      tick();
      notice();
      Sessions.closeOld(members, state.attachment());
      Trouble trouble = judge.look(state.network(), attachment);
      switch (trouble.kind()) {
        case NONE -> progress();
        case PAUSED -> pause(trouble);
        case DETACHED -> attachAgain(trouble);
        case LOST, ENDED -> lose(trouble);
      }
      return switch (trouble.kind()) {
        case PAUSED, LOST, ENDED -> SECOND_NS;
        case NONE, DETACHED ->
            state.carrying() ? SECOND_NS : Math.clamp(backoff.untilDueNs(), STEP_NS, SECOND_NS);
      };
    }
  }

  private void tick() {
    long now = System.nanoTime();
    if (now - ticked >= SECOND_NS) {
      ticked = now;
      long second = ticks.incrementAndGet();
      members.forEach(member -> member.queues().forEach(XdpQueue::sample));
      neighbourhood.refresh(state.link().index(), second);
    }
  }

  private void notice() {
    if (watch.takeChanged()) {
      NetworkSnapshot network = watch.network();
      publish(state.seen(network, network.link(name).orElse(state.link())));
      show();
    }
  }

  /// Nothing is the matter, so what is not in use yet is brought into use, step by step.
  private void progress() {
    try {
      if (attachment.isPresent()) {
        boolean _ = Sessions.advance(members, attachment.get());
        if (!state.carrying()) {
          carry(attachment.get());
        }
      } else if (backoff.isDue()) {
        rebuild();
      }
    } catch (KernelException e) {
      failed(e);
    }
  }

  private void pause(Trouble trouble) {
    if (!state.says(trouble)) {
      publish(state.paused(trouble, clock.instant()));
      tell(trouble);
    }
  }

  private void attachAgain(Trouble trouble) {
    Trouble now = trouble;
    if (state.carrying()) {
      backoff.hold(DETACHED_NS);
    }
    if (backoff.isDue()) {
      try {
        attachment.orElseThrow().attach();
        carry(attachment.orElseThrow());
        return;
      } catch (KernelException e) {
        now = Trouble.refused(Trouble.Kind.DETACHED, e);
        backoff.failed();
      }
    }
    pause(now);
  }

  private void lose(Trouble trouble) {
    boolean had = attachment.isPresent() || next.isPresent();
    drop();
    if (had || !state.says(trouble)) {
      publish(state.lost(0, trouble, clock.instant()));
      tell(trouble);
      if (trouble.kind() == Trouble.Kind.LOST) {
        backoff.failed();
      }
    }
  }

  /// One step on the way back; the engines do theirs in between.
  private void rebuild() {
    if (next.isEmpty()) {
      next = Optional.of(load(state.link(), members.getFirst()));
      // Before there are sessions of it, so that nobody takes those for old ones.
      publish(state.lost(next.get().number(), Trouble.now(state), state.since()));
    }
    Attachment made = next.get();
    if (Sessions.advance(members, made)) {
      made.attach();
      next = Optional.empty();
      carry(made);
    }
  }

  private void failed(KernelException refusal) {
    boolean _ = plans.fallBack(refusal);
    drop();
    Trouble trouble = Trouble.refused(Trouble.Kind.LOST, refusal);
    boolean told = state.says(trouble);
    publish(state.lost(0, trouble, state.since()));
    if (!told) {
      tell(trouble);
    }
    backoff.failed();
  }

  private void tell(Trouble trouble) {
    LOG.log(
        Level.WARNING,
        "AF_XDP not in use on {0}, going on over kernel sockets: {1}{2}",
        name,
        trouble.outcome(),
        trouble.remedy().isEmpty() ? "" : "; to mend: " + trouble.remedy());
  }

  private void publish(DeviceState fresh) {
    state = fresh;
    wake();
  }

  private void wake() {
    members.forEach(member -> member.wake().run());
  }

  @Override
  public void close() {
    watch.close();
    neighbourhood.close();
  }
}
