package org.vexor.packet.probe;

import java.util.Locale;

/// Why something is not supported: what has to be told apart, since each is mended in another way.
public enum Cause {
  /// The process lacks a capability.
  CAPABILITY,
  /// Its capabilities count only inside its own user namespace.
  USER_NAMESPACE,
  /// The limit of locked memory.
  LOCKED_MEMORY,
  /// The kernel is too old, or built without it.
  KERNEL,
  /// A seccomp filter refuses the system call.
  SECCOMP,
  /// A security module (SELinux, AppArmor, lockdown) refuses it.
  SECURITY_MODULE,
  /// A kernel setting (sysctl) switches it off.
  SETTING,
  /// There is no such interface in this network namespace.
  NO_INTERFACE,
  /// The interface is down or has no carrier.
  LINK_DOWN,
  /// The driver cannot.
  DRIVER,
  /// The interface's MTU is too large for it.
  MTU,
  /// Another AF_XDP socket has the queue.
  QUEUE_TAKEN,
  /// Another program is attached to the interface.
  FOREIGN_PROGRAM;

  /// The word for it in JSON: "foreign_program".
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
