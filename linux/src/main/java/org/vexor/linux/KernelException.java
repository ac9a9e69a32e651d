package org.vexor.linux;

/// A system call that was not expected to fail did: which, with which values, and what mends it.
///
/// Thrown on cold paths only (set-up, probing); paths that run for each packet return `-errno`.
public final class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errno;
  private final String failure;
  private final String remedy;

  /// @param call the kernel's name of the call, as "bpf" or "bind"
  /// @param errno the positive error number
  /// @param what what was being done and with which values
  /// @param remedy what an operator can type or change; empty for the general one of the errno
  public KernelException(String call, int errno, String what, String remedy) {
    super(message(failure(call, errno, what), mend(errno, remedy)));
    this.call = call;
    this.errno = errno;
    this.failure = failure(call, errno, what);
    this.remedy = mend(errno, remedy);
  }

  private static String message(String failure, String remedy) {
    return remedy.isEmpty() ? failure : failure + "; to mend: " + remedy;
  }

  private static String failure(String call, int errno, String what) {
    return what + ": " + call + "() failed: " + Errno.name(errno);
  }

  private static String mend(int errno, String remedy) {
    return remedy.isEmpty() ? Errno.generalRemedy(errno) : remedy;
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

  /// The message without the remedy.
  public String failure() {
    return failure;
  }

  /// What an operator can type or change; empty when nothing is known to help.
  public String remedy() {
    return remedy;
  }
}
