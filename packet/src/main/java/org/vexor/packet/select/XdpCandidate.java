package org.vexor.packet.select;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vexor.linux.KernelException;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkReader;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.PortException;
import org.vexor.packet.probe.DeviceFacts;
import org.vexor.packet.probe.DeviceProbe;
import org.vexor.packet.probe.Probe;
import org.vexor.packet.probe.Surroundings;
import org.vexor.packet.select.SocketCandidates.OfSockets;
import org.vexor.packet.socket.SocketEngine;
import org.vexor.packet.xdp.MemoryPlan;
import org.vexor.packet.xdp.XdpEngine;
import org.vexor.packet.xdp.XdpOptions;

/// AF_XDP on one interface, around the best engine on sockets.
final class XdpCandidate implements Candidate {
  private static final int LEAST_ENTRIES = 64;

  /// What the drivers of NICs take at most, where they say; more is no use to anybody.
  private static final int MOST_ENTRIES = 8192;

  private static final int TRANSMIT_ENTRIES = 2048;

  private final List<OfSockets> beneath;

  /// @param beneath what it can be built around, best first
  XdpCandidate(List<OfSockets> beneath) {
    this.beneath = List.copyOf(beneath);
  }

  @Override
  public Backend backend() {
    return Backend.AF_XDP;
  }

  @Override
  public Prospect prospect(Selection selection) {
    if (!SocketCandidates.isLinux()) {
      return closed("AF_XDP " + SocketCandidates.NEEDS_LINUX, "");
    }
    try {
      return switch (choose(selection)) {
        case InterfaceChoice.None(String outcome, String remedy) -> closed(outcome, remedy);
        case InterfaceChoice.Chosen(Link link, String why) -> prospect(selection, link, why);
      };
    } catch (KernelException e) {
      return closed(e.failure(), e.remedy());
    } catch (PortException e) {
      return closed(e.outcome(), e.remedy());
    }
  }

  private static Prospect prospect(Selection selection, Link link, String why) {
    Surroundings here = Surroundings.here();
    DeviceFacts device = DeviceFacts.read(link, here.files());
    var probes = new DeviceProbe(here.root());
    Probe mode =
        switch (selection.xdpMode()) {
          case AUTO, GENERIC -> new Probe.Supported("");
          case NATIVE -> probes.nativeMode(device);
          case ZERO_COPY -> probes.zeroCopy(device);
        };
    XdpOptions options = options(selection, device);
    long locked = MemoryPlan.of(options, selection.engine()).lockedBytes(options.queues().size());
    for (Probe probe :
        List.of(
            here.xdp().socket(),
            here.xdp().program(),
            here.xdp().memory(locked),
            probes.attach(device),
            probes.queues(device, options.queues()),
            mode)) {
      if (probe.obstacle().isPresent()) {
        Probe.Unsupported obstacle = probe.obstacle().get();
        return closed(obstacle.why(), obstacle.remedy());
      }
    }
    return new Prospect.Open(Backend.AF_XDP, "interface " + link.name() + ", " + why);
  }

  /// @throws PortException when the queues asked for are not there
  private static XdpOptions options(Selection selection, DeviceFacts device) {
    String name = device.link().name();
    List<Integer> queues = numbers(selection.queues(), device.receiveQueues(), name);
    int entries = entries(selection.engine().receiveFrames() / queues.size());
    return XdpOptions.on(name)
        .withMode(selection.xdpMode())
        .withQueues(queues)
        .withRings(entries, 2 * entries, TRANSMIT_ENTRIES)
        .withConfirmation(selection.confirmSeconds());
  }

  private static Prospect.Closed closed(String outcome, String remedy) {
    return new Prospect.Closed(Backend.AF_XDP, outcome, remedy);
  }

  private static InterfaceChoice choose(Selection selection) {
    try (NetworkReader reader = NetworkReader.open()) {
      return InterfaceChoice.of(reader.read(), selection.bind(), selection.networkInterface());
    }
  }

  @Override
  public Opened open(Selection selection) {
    if (!SocketCandidates.isLinux()) {
      throw new PortException("AF_XDP " + SocketCandidates.NEEDS_LINUX, "");
    }
    SocketCandidates.refuse(Surroundings.here().xdp().deadly());
    try {
      return switch (choose(selection)) {
        case InterfaceChoice.None(String outcome, String remedy) ->
            throw new PortException(outcome, remedy);
        case InterfaceChoice.Chosen(Link link, String why) -> open(selection, link, why);
      };
    } catch (KernelException e) {
      throw PortException.of("AF_XDP", e);
    }
  }

  private Opened open(Selection selection, Link link, String why) {
    Surroundings here = Surroundings.here();
    XdpOptions options = options(selection, DeviceFacts.read(link, here.files()));
    List<Attempt> within = new ArrayList<>();
    SocketEngine sockets = beneath(selection, within);
    try {
      return new Opened(XdpEngine.open(options, sockets, selection.engine()), within);
    } catch (PortException e) {
      sockets.close();
      // The kernel's errno has several causes; the probes tell them apart.
      if (prospect(selection, link, why)
          instanceof Prospect.Closed(Backend _, String cause, String remedy)) {
        throw new PortException(cause, remedy, e);
      }
      throw e;
    }
  }

  private SocketEngine beneath(Selection selection, List<Attempt> within) {
    PortException last = new PortException("AF_XDP has nothing to be built around", "");
    for (OfSockets candidate : beneath) {
      try {
        return candidate.sockets(selection.engine());
      } catch (PortException e) {
        within.add(new Attempt(candidate.backend(), e.outcome(), e.remedy()));
        last = e;
      }
    }
    throw last;
  }

  /// Half of a queue's frames can hold packets that nobody looked at yet, the others wait for more.
  static int entries(int framesOfQueue) {
    return Math.clamp(Integer.highestOneBit(framesOfQueue) / 2, LEAST_ENTRIES, MOST_ENTRIES);
  }

  /// @param there how many receive queues the device has; 0 when it does not say
  static List<Integer> numbers(QueueChoice choice, int there, String name) {
    List<Integer> wanted =
        switch (choice) {
          case QueueChoice.All() -> IntStream.range(0, Math.max(1, there)).boxed().toList();
          case QueueChoice.First(int count) -> IntStream.range(0, count).boxed().toList();
          case QueueChoice.Only(List<Integer> queues) -> queues;
        };
    if (there > 0 && wanted.getLast() >= there) {
      throw new PortException(
          "queue %d of %s does not exist, there are %d".formatted(wanted.getLast(), name, there),
          there == 1 ? "--queues 1" : "choose from --queues 0-" + (there - 1));
    }
    return wanted;
  }
}
