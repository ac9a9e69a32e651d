package org.vexor.packet.probe;

import java.util.List;
import java.util.stream.Collectors;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.process.Capability;

/// Judges what a refusal of the kernel means: the same errno comes of several causes, which the
/// process's own status tells apart.
final class Refusals {
  private final Privileges privileges;
  private final CapabilityRemedy remedy;

  Refusals(Privileges privileges, CapabilityRemedy remedy) {
    this.privileges = privileges;
    this.remedy = remedy;
  }

  /// @param needs what the call takes
  Probe judge(KernelException refused, Privileges.Need... needs) {
    return switch (refused.errno()) {
      case Errno.EPERM -> forbidden(refused, privileges.missing(needs));
      case Errno.EACCES ->
          isVerifier(refused) ? byVerifier(refused) : forbidden(refused, privileges.missing(needs));
      case Errno.ENOSYS -> unknownCall(refused);
      case Errno.ENOBUFS, Errno.ENOMEM ->
          new Probe.Unsupported(Cause.LOCKED_MEMORY, refused.failure(), refused.remedy());
      default -> new Probe.Unsupported(Cause.KERNEL, refused.failure(), refused.remedy());
    };
  }

  private static boolean isVerifier(KernelException refused) {
    return refused.call().equals("bpf") && refused.failure().contains("verifier");
  }

  /// The end of its log says what it did not like; all of it would fill a page.
  private static Probe byVerifier(KernelException refused) {
    String last = refused.failure().lines().reduce("", (_, line) -> line);
    return new Probe.Unsupported(
        Cause.KERNEL,
        "the kernel's verifier refuses the XDP program: " + last,
        "run a newer kernel");
  }

  private Probe forbidden(KernelException refused, List<Capability> missing) {
    if (!missing.isEmpty()) {
      String names = missing.stream().map(Capability::name).collect(Collectors.joining(", "));
      return new Probe.Unsupported(
          Cause.CAPABILITY, refused.failure() + ", this process lacks " + names, remedy.line());
    }
    String has = refused.failure() + " though the process has every capability that it takes";
    if (privileges.isFiltered()) {
      return filtered(refused, has + ", and a seccomp filter is in force");
    }
    if (privileges.container().ownUserNamespace().orElse(false)) {
      return new Probe.Unsupported(
          Cause.USER_NAMESPACE,
          has + ", but only inside a user namespace of its own",
          "start it outside of that user namespace (containers: rootful, without userns-remap)");
    }
    return new Probe.Unsupported(
        Cause.SECURITY_MODULE,
        has + ": a security module refuses",
        "look for the refusal in: journalctl -k --grep 'audit|apparmor|lockdown'");
  }

  private Probe unknownCall(KernelException refused) {
    // Both calls are in every kernel that this program starts on, if it was built with them.
    return privileges.isFiltered()
        ? filtered(refused, refused.failure() + ", and a seccomp filter is in force")
        : new Probe.Unsupported(
            Cause.KERNEL,
            refused.failure() + " and no seccomp filter is in force: the kernel was built without",
            refused.remedy());
  }

  private Probe filtered(KernelException refused, String why) {
    return new Probe.Unsupported(Cause.SECCOMP, why, allow(refused.call(), privileges));
  }

  /// How a filter is made to let a call through.
  static String allow(String call, Privileges privileges) {
    String allow = "allow " + call + " in the seccomp profile ";
    return privileges.container().isContainer()
        ? allow + "of the container (docker run --security-opt seccomp=PROFILE.json)"
        : allow + "that starts this program (SystemCallFilter= of its systemd unit)";
  }
}
