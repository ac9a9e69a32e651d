/// What the kernel would let this process do, found out by trying it where trying leaves no trace,
/// and by asking where it would: nothing is attached, bound or changed.
///
/// ```
///  Privileges (capabilities, seccomp, namespace, memlock) ─┐
///  KernelProbes: socket(AF_XDP), bpf load, io_uring ───────┼─▶ Refusals: errno + privileges ─▶ Probe
///  DeviceFacts (link, driver, queues, foreign program) ────┴─▶ DeviceProbe ──────────────────▶ Probe
/// ```
///
/// Where a seccomp filter is in force, DeadlyCalls has a child process (CallTrial) find out which
/// calls it kills for, and those are not made at all.
///
/// Invariants: every probe works without any privilege; an EPERM is told apart by comparing with
/// the capabilities in force, so a missing capability is never reported as an old kernel; "not
/// allowed to look" is [Probe.Unknown]. Entry types: [XdpSupport], [UringSupport], [DeviceProbe].
/// May depend on `linux` only.
@NullMarked
package org.vexor.packet.probe;

import org.jspecify.annotations.NullMarked;
