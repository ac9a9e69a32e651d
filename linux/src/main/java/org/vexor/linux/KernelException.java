package org.vexor.linux;

/// A system call that was not expected to fail did: which, with which values, and what mends it.
///
/// Thrown on cold paths only (set-up, probing); paths that run for each packet return `-errno`.
public final class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errno;
  private final String remedy;

  /// @param call the kernel's name of the call, as "bpf" or "bind"
  /// @param errno the positive error number
  /// @param what what was being done and with which values
  /// @param remedy what an operator can type or change; empty for the general one of the errno
  public KernelException(String call, int errno, String what, String remedy) {
    super(message(call, errno, what, remedy));
    this.call = call;
    this.errno = errno;
    this.remedy = remedy.isEmpty() ? Errno.generalRemedy(errno) : remedy;
  }

  private static String message(String call, int errno, String what, String remedy) {
    String mend = remedy.isEmpty() ? Errno.generalRemedy(errno) : remedy;
    String head = what + ": " + call + "() failed: " + Errno.name(errno);
    return mend.isEmpty() ? head : head + "; to mend: " + mend;
  }

  /// The kernel's name of the call.
  public String call() {
    return call;
  }

  /// The positive error number; compare with the constants of [Errno].
  public int errno() {
    return errno;
  }

  /// The kernel's name of the error number.
  public String errnoName() {
    return Errno.name(errno);
  }

  /// What an operator can type or change; empty when nothing is known to help.
  public String remedy() {
    return remedy;
  }
}
