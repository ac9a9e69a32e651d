package org.vexor.packet.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vexor.linux.KernelException;
import org.vexor.linux.host.CpuTopology;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkReader;
import org.vexor.packet.probe.DeviceFacts;
import org.vexor.packet.probe.Surroundings;
import org.vexor.packet.select.PacketEngines;
import org.vexor.packet.select.Selection;
import org.vexor.packet.xdp.MemoryPlan;
import org.vexor.packet.xdp.XdpOptions;

/// Examines process, host and interfaces in the network namespace of the calling thread. Changes
/// nothing; takes some tens of milliseconds. Linux only.
public final class Doctor {
  private final Surroundings here;

  public Doctor(Surroundings here) {
    this.here = here;
  }

  /// Examines everything that bears on `selection`.
  ///
  /// @param selection what a program would ask for; the interface that it names is examined, or all
  ///   but the loopback when it names none
  public Diagnosis examine(Selection selection) {
    List<Finding> findings = new ArrayList<>();
    PrivilegeFindings privileges = new PrivilegeFindings(here);
    findings.addAll(privileges.all());
    findings.addAll(new KernelFindings(here).all());
    findings.addAll(new MemoryFindings(here, oneQueue(selection), privileges.remedies()).all());
    findings.addAll(devices(selection.networkInterface()));
    return new Diagnosis(here, findings, PacketEngines.prospects(selection));
  }

  /// Packet memory of an engine on an interface with one queue.
  private static long oneQueue(Selection selection) {
    XdpOptions options = XdpOptions.on(selection.networkInterface().orElse(""));
    return MemoryPlan.of(options, selection.engine()).lockedBytes(1);
  }

  private List<Finding> devices(Optional<String> named) {
    List<Link> links;
    try (NetworkReader reader = NetworkReader.open()) {
      links = reader.read().links();
    } catch (KernelException e) {
      return List.of(
          Finding.of(
              "interfaces", State.UNKNOWN, e.failure(), "interfaces could not be asked for"));
    }
    if (named.isPresent()) {
      return links.stream()
          .filter(link -> link.name().equals(named.get()))
          .findFirst()
          .map(this::device)
          .orElseGet(() -> List.of(missing(named.get(), links)));
    }
    Map<Boolean, List<Link>> byUp =
        links.stream()
            .filter(link -> !link.isLoopback())
            .collect(Collectors.partitioningBy(Link::isUp));
    List<Link> up = byUp.getOrDefault(true, List.of());
    List<Link> down = byUp.getOrDefault(false, List.of());
    List<Finding> findings = new ArrayList<>();
    if (!up.isEmpty() && !down.isEmpty()) {
      findings.add(
          Finding.of("interfaces", State.OK, "down: " + names(down), "not examined unless named"));
    }
    (up.isEmpty() ? down : up).forEach(link -> findings.addAll(device(link)));
    return findings;
  }

  private static String names(List<Link> links) {
    return links.stream().map(Link::name).collect(Collectors.joining(", "));
  }

  private static Finding missing(String name, List<Link> links) {
    return Finding.on(
        name,
        "interface",
        State.PROBLEM,
        "there is no interface " + name,
        "it is gone, or in another network namespace",
        Remedy.advice("name one of: " + names(links)));
  }

  private List<Finding> device(Link link) {
    try {
      return new DeviceFindings(
              DeviceFacts.read(link, here.files()), here.root(), CpuTopology.read(here.files()))
          .all();
    } catch (KernelException e) {
      return List.of(
          Finding.on(link.name(), "interface", State.UNKNOWN, e.failure(), "gone while looking?"));
    }
  }
}
