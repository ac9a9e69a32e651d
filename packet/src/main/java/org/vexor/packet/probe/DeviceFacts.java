package org.vexor.packet.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;
import org.vexor.linux.bpf.AttachedXdp;
import org.vexor.linux.bpf.ProgramInfo;
import org.vexor.linux.ethtool.Channels;
import org.vexor.linux.ethtool.DriverInfo;
import org.vexor.linux.ethtool.Ethtool;
import org.vexor.linux.ethtool.Offload;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.host.Reading;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetdevFeatures;
import org.vexor.linux.netlink.NetdevQueues;

/// What kernel and driver tell of one interface; needs no privilege.
///
/// @param driver empty when it does not say, as the loopback
/// @param channels empty when the driver has no queues to count
/// @param features empty when the kernel does not say (before 6.3)
/// @param offloads as `ethtool -k` lists them
/// @param rssQueues queues that the spread of received packets uses; empty when the driver tells of
///   no spread
/// @param takenQueues queues that AF_XDP sockets have, ours or another's; none where the kernel
///   does not say (before 6.14)
/// @param program the attached XDP program, ours or another's
/// @param programName its name; empty when there is none or we may not ask (CAP_SYS_ADMIN)
/// @param vlans sub-interfaces for VLANs over it
/// @param node NUMA node of the device; -1 when there is none
public record DeviceFacts(
    Link link,
    Optional<DriverInfo> driver,
    Optional<Channels> channels,
    Optional<NetdevFeatures> features,
    List<Offload> offloads,
    List<Integer> rssQueues,
    List<Integer> takenQueues,
    Optional<AttachedXdp> program,
    String programName,
    List<String> vlans,
    int node) {
  private static final long RELEASE_PATIENCE_NS = 500_000_000;
  private static final long RELEASE_RETRY_NS = 5_000_000;
  private static final String VLANS = "proc/thread-self/net/vlan/config";

  public DeviceFacts {
    offloads = List.copyOf(offloads);
    rssQueues = List.copyOf(rssQueues);
    takenQueues = List.copyOf(takenQueues);
    vlans = List.copyOf(vlans);
  }

  /// Asks for an interface in the network namespace of the calling thread.
  ///
  /// @throws KernelException ENODEV when it has just gone
  public static DeviceFacts read(Link link, HostFiles files) {
    String name = link.name();
    try (Ethtool ethtool = Ethtool.open()) {
      Optional<AttachedXdp> program = AttachedXdp.query(link.index());
      return new DeviceFacts(
          link,
          ethtool.driver(name),
          ethtool.channels(name),
          NetdevFeatures.of(link.index()),
          ethtool.offloads(name),
          Arrays.stream(ethtool.indirection(name)).distinct().sorted().boxed().toList(),
          takenQueues(link.index()),
          program,
          program.map(xdp -> programName(xdp, files)).orElse(""),
          vlans(name, files),
          node(link, files));
    }
  }

  /// A queue that was closed a moment ago is still taken until a work queue of the kernel has run;
  /// bind waits for it just as long.
  private static List<Integer> takenQueues(int interfaceIndex) {
    long deadline = System.nanoTime() + RELEASE_PATIENCE_NS;
    List<Integer> taken = NetdevQueues.withAfXdp(interfaceIndex);
    while (!taken.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(RELEASE_RETRY_NS);
      taken = NetdevQueues.withAfXdp(interfaceIndex);
    }
    return taken;
  }

  private static String programName(AttachedXdp program, HostFiles files) {
    Privileges privileges = Privileges.here(files);
    return DeadlyCalls.of(privileges).among(privileges, Syscall.BPF).isPresent()
        ? ""
        : ProgramInfo.byId(program.programId()).map(ProgramInfo::name).orElse("");
  }

  /// Lines of "eth0.5 | 5 | eth0" behind two of headings.
  private static List<String> vlans(String name, HostFiles files) {
    return files
        .read(VLANS)
        .value()
        .orElse("")
        .lines()
        .map(line -> line.split("\\|", -1))
        .filter(fields -> fields.length == 3 && fields[2].strip().equals(name))
        .map(fields -> fields[0].strip())
        .toList();
  }

  /// The files of /sys are those of the network namespace in which it was mounted: only the right
  /// index tells that the interface of this name is the one.
  private static int node(Link link, HostFiles files) {
    String folder = "sys/class/net/" + link.name() + "/";
    boolean same =
        files.read(folder + "ifindex").equals(new Reading.Value(Integer.toString(link.index())));
    return files
        .read(folder + "device/numa_node")
        .value()
        .filter(text -> same && text.matches("\\d{1,4}"))
        .map(Integer::parseInt)
        .orElse(-1);
  }

  /// Queues that packets come in by.
  public int receiveQueues() {
    return channels.map(Channels::receiveQueues).filter(count -> count > 0).orElse(link.rxQueues());
  }

  /// Whether an offload is in force.
  public boolean has(String offload) {
    return offloads.stream().anyMatch(one -> one.name().equals(offload) && one.active());
  }
}
