package org.vexor.tpu.send;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.vexor.quic.Application;
import org.vexor.quic.cache.Target;
import org.vexor.quic.tls.Ed25519Key;

/// The outlets of a sender, made as they are asked for. Any thread.
final class Outlets {
  /// Unused for longer, an outlet is forgotten; the cache closes connections before that.
  private static final long FORGOTTEN_NS = TimeUnit.MINUTES.toNanos(5);

  private final Map<TpuTarget, Target> targets = new ConcurrentHashMap<>();
  private final Map<Target, Outlet> outlets = new ConcurrentHashMap<>();
  private final Ledger ledger;
  private final SenderOptions options;
  private final LongSupplier clockNs;

  Outlets(Ledger ledger, SenderOptions options, LongSupplier clockNs) {
    this.ledger = ledger;
    this.options = options;
    this.clockNs = clockNs;
  }

  Outlet of(TpuTarget target) {
    return of(targets.computeIfAbsent(target, this::connectionTarget));
  }

  boolean isConnected(TpuTarget target) {
    Target known = targets.get(target);
    Outlet outlet = known == null ? null : outlets.get(known);
    return outlet != null && outlet.isConnected();
  }

  private Outlet of(Target target) {
    return outlets.computeIfAbsent(
        target, _ -> new Outlet(target, ledger, options, clockNs.getAsLong()));
  }

  private Target connectionTarget(TpuTarget target) {
    return new Target(
        target.address(),
        options.anyCertificate().test(target)
            ? Optional.empty()
            : Optional.of(Ed25519Key.of(target.identity().bytes())));
  }

  /// Who speaks on the next connection to a target.
  Application application(Target target) {
    return new Application.Callbacks(_ -> new Session(of(target)));
  }

  void forEach(Consumer<Outlet> action) {
    outlets.values().forEach(action);
  }

  void forget(long nowNs) {
    outlets.values().removeIf(outlet -> outlet.isUnused(nowNs, FORGOTTEN_NS));
    targets.values().removeIf(target -> !outlets.containsKey(target));
  }
}
