package org.vexor.masque.proxy.limit;

/// What one client may still send and receive in this second: two token buckets that hold a
/// second's worth. Shared by the client's tunnels on all event loops, so it takes a lock; a client
/// without a limit has [#UNLIMITED], which takes none.
public final class Allowance {
  static final Allowance UNLIMITED = new Allowance(0, 0);

  private static final double NANOS = 1e9;

  private final long datagramsPerSecond;
  private final long bytesPerSecond;
  private double datagrams;
  private double bytes;
  private long filledNs;

  Allowance(long datagramsPerSecond, long bytesPerSecond) {
    this.datagramsPerSecond = datagramsPerSecond;
    this.bytesPerSecond = bytesPerSecond;
    datagrams = datagramsPerSecond;
    bytes = bytesPerSecond;
    filledNs = Long.MIN_VALUE;
  }

  /// Whether a datagram may pass; if so it is taken off.
  ///
  /// @param nowNs monotonic
  public boolean take(int length, long nowNs) {
    if (datagramsPerSecond == 0 && bytesPerSecond == 0) {
      return true;
    }
    synchronized (this) {
      double passed = filledNs == Long.MIN_VALUE ? 0 : Math.max(0, nowNs - filledNs) / NANOS;
      filledNs = nowNs;
      datagrams = Math.min((double) datagramsPerSecond, datagrams + passed * datagramsPerSecond);
      bytes = Math.min((double) bytesPerSecond, bytes + passed * bytesPerSecond);
      boolean enough =
          (datagramsPerSecond == 0 || datagrams >= 1) && (bytesPerSecond == 0 || bytes >= length);
      if (enough) {
        datagrams -= 1;
        bytes -= length;
      }
      return enough;
    }
  }

  /// Whether [#take] may say no.
  public boolean isLimited() {
    return datagramsPerSecond > 0 || bytesPerSecond > 0;
  }
}
