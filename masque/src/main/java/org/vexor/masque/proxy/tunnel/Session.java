package org.vexor.masque.proxy.tunnel;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.proxy.request.Refusal;
import org.vexor.masque.proxy.request.Wanted;

/// One admitted request in the accounts. On the stream's event loop.
final class Session {
  private final FrontDesk desk;
  private final HttpVersion version;
  private final InetSocketAddress client;
  private final Wanted wanted;
  private final long beganNs = System.nanoTime();
  private int status;
  private boolean over;

  Session(FrontDesk desk, HttpVersion version, InetSocketAddress client, Wanted wanted) {
    this.desk = desk;
    this.version = version;
    this.client = client;
    this.wanted = wanted;
  }

  Wanted wanted() {
    return wanted;
  }

  void granted() {
    status = 200;
    desk.counters().addGranted(wanted.transport());
  }

  void refused(Refusal refusal) {
    status = refusal.reason().status();
    desk.counters().addRefused(refusal.reason());
    over(refusal.reason().word(), 0, 0);
  }

  /// It is over, one way or another; only the first call counts.
  void over(String how, long toTargetBytes, long toClientBytes) {
    if (over) {
      return;
    }
    over = true;
    wanted.place().close();
    if (status == 200) {
      desk.counters().addEnded(wanted.transport());
    } else if (status == 0) {
      desk.counters().addAbandoned();
    }
    desk.log()
        .ended(
            new TunnelRecord(
                version,
                wanted.transport().name().toLowerCase(Locale.ROOT),
                client,
                wanted.client(),
                desk.gate().settings().logTargets()
                    ? Optional.of(wanted.target().toString())
                    : Optional.empty(),
                status,
                how,
                toTargetBytes,
                toClientBytes,
                System.nanoTime() - beganNs));
  }
}
