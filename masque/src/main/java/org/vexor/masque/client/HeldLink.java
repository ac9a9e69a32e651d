package org.vexor.masque.client;

import java.time.Duration;
import org.vexor.masque.link.ProxyLink;

/// A link in the books of the [LinkKeeper]. Control loop only.
final class HeldLink {
  final ProxyLink link;
  int tunnels;
  boolean full;
  private long probedNs;
  private int unanswered;

  HeldLink(ProxyLink link, long nowNs) {
    this.link = link;
    this.probedNs = nowNs;
  }

  /// Asks for a sign of life. Those that were asked for and did not come are counted, not the time
  /// that went by: a process that slept proves nothing.
  ///
  /// @return whether the link is to be given up
  boolean isDead(long nowNs, Duration interval, Duration deadAfter) {
    long quietNs = link.probe(nowNs);
    unanswered = quietNs < nowNs - probedNs ? 0 : unanswered + 1;
    probedNs = nowNs;
    return unanswered > deadAfter.dividedBy(interval);
  }
}
