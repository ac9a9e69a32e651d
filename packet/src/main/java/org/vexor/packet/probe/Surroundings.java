package org.vexor.packet.probe;

import java.util.Optional;
import org.vexor.linux.host.HostFiles;

/// Where and as whom this process runs: what every probe is judged by.
///
/// @param launcher the java program that runs us; empty when it is not known
/// @param root how this user runs a command as root
public record Surroundings(
    HostFiles files, Privileges privileges, Optional<JavaLauncher> launcher, AsRoot root) {
  /// Those of the running process.
  public static Surroundings here() {
    return in(HostFiles.here());
  }

  /// Those of the running process on a host that a folder stands for.
  public static Surroundings in(HostFiles files) {
    Privileges privileges = Privileges.here(files);
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new Surroundings(
        files, privileges, JavaLauncher.here(files), AsRoot.of(privileges.uid(), path));
  }

  /// How to get the capabilities that are missing.
  public CapabilityRemedy capabilities() {
    return new CapabilityRemedy(privileges, launcher, root);
  }

  /// Whether AF_XDP is open to this process.
  public XdpSupport xdp() {
    return new XdpSupport(privileges, capabilities());
  }

  /// Whether io_uring is.
  public UringSupport uring() {
    return new UringSupport(privileges, capabilities(), files, root);
  }

  /// Whether recvmmsg and sendmmsg are.
  public BatchSupport batches() {
    return new BatchSupport(privileges, capabilities());
  }
}
