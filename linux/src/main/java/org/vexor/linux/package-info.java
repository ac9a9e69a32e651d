/// The ground of everything that speaks to the Linux kernel: system calls by number, errors with
/// their remedy, descriptors and mappings with one owner.
///
/// ```
/// bpf  xdp  uring  netlink  ethtool  socket  process      one package per kernel facility
///                                                (host: files of /proc and /sys, no calls)
///   \    \     \      |        /       /       /
///    Syscall  -->  Native  -->  libc syscall(2)           the only foreign downcall
/// ```
///
/// Invariants: a call that runs for each packet returns `-errno` and allocates nothing; a call of
/// the set-up throws [KernelException] with call, errno and remedy; constants keep the kernel's
/// names. Entry type: [Syscall]. Depends on nothing but the JDK.
@NullMarked
package org.vexor.linux;

import org.jspecify.annotations.NullMarked;
