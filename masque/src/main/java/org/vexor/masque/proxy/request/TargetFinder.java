package org.vexor.masque.proxy.request;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.vexor.masque.proxy.policy.AddressPolicy;
import org.vexor.masque.proxy.policy.Verdict;
import org.vexor.masque.proxy.resolve.HostResolver;
import org.vexor.masque.proxy.resolve.Resolution;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.packet.Endpoint;

/// From a target to the addresses that may be gone to. A name is asked for once; what is gone to is
/// what was judged. Any thread.
public final class TargetFinder {
  private final HostResolver resolver;
  private final Predicate<Endpoint> own;

  /// @param own whether the proxy itself listens there
  public TargetFinder(HostResolver resolver, Predicate<Endpoint> own) {
    this.resolver = resolver;
    this.own = own;
  }

  /// What was found.
  public sealed interface Found {
    /// In the order in which they should be tried; at least one.
    record Addresses(List<Endpoint> endpoints) implements Found {
      public Addresses {
        endpoints = List.copyOf(endpoints);
      }
    }

    /// None.
    record Refused(Refusal refusal) implements Found {}
  }

  /// Finds out; the stage never fails, and may be completed on any thread.
  public CompletionStage<Found> find(UdpTarget target, AddressPolicy policy) {
    if (target.address().isPresent()) {
      return CompletableFuture.completedFuture(
          judge(List.of(target.address().get()), target.port(), policy));
    }
    return resolver.resolve(target.host()).thenApply(answer -> judge(answer, target, policy));
  }

  private Found judge(Resolution answer, UdpTarget target, AddressPolicy policy) {
    return switch (answer) {
      case Resolution.Addresses found -> judge(found.addresses(), target.port(), policy);
      case Resolution.NotFound missing ->
          new Found.Refused(
              new Refusal(
                  RefusalReason.DNS_ERROR,
                  "the target's name has no address",
                  Optional.of(missing.rcode())));
      case Resolution.Failed _ -> refused(RefusalReason.DNS_ERROR, "DNS cannot be asked");
      case Resolution.TimedOut _ -> refused(RefusalReason.DNS_TIMEOUT, "DNS does not answer");
      case Resolution.Busy _ -> refused(RefusalReason.TOO_MANY_LOOK_UPS, "too many names at once");
    };
  }

  private Found judge(List<InetAddress> addresses, int port, AddressPolicy policy) {
    var allowed = new ArrayList<Endpoint>();
    String denial = "";
    for (InetAddress address : addresses) {
      switch (policy.judge(address, port)) {
        case Verdict.Allowed _ -> allowed.add(Endpoint.of(address, port));
        case Verdict.Denied denied -> denial = denied.why();
      }
    }
    if (allowed.isEmpty()) {
      return refused(RefusalReason.PROHIBITED, "the target's address is not allowed: " + denial);
    }
    boolean _ = allowed.removeIf(own);
    return allowed.isEmpty()
        ? refused(RefusalReason.LOOP, "the target is this proxy")
        : new Found.Addresses(allowed);
  }

  private static Found refused(RefusalReason reason, String details) {
    return new Found.Refused(Refusal.of(reason, details));
  }
}
