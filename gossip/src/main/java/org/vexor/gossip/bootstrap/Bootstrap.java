package org.vexor.gossip.bootstrap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.vexor.gossip.crds.IpAddress;
import org.vexor.packet.Endpoint;

/// Asks all entrypoints at once and compares what they say.
public final class Bootstrap {
  private Bootstrap() {}

  /// What was learned.
  public sealed interface Outcome {
    /// Our address as they see it, and the shred version of their cluster.
    record Learned(IpAddress address, int shredVersion) implements Outcome {}

    /// No entrypoint answers, and why. They may gossip all the same.
    record Unanswered(String why) implements Outcome {}

    /// Nothing that can be relied on, and why.
    record Failed(String why) implements Outcome {}
  }

  /// Asks every entrypoint; those that do not answer are left out of account, as long as one does.
  ///
  /// @param wanted the shred version that was given by the user; then it is not asked for, but must
  ///   not be contradicted
  public static Outcome learn(List<Endpoint> entrypoints, OptionalInt wanted, int timeoutMs) {
    List<IpEchoClient.Outcome> outcomes = askAll(entrypoints, timeoutMs);
    Map<Endpoint, EchoAnswer> answers = new LinkedHashMap<>();
    for (IpEchoClient.Outcome outcome : outcomes) {
      if (outcome instanceof IpEchoClient.Outcome.Answered answered) {
        answers.put(answered.entrypoint(), answered.answer());
      }
    }
    if (answers.isEmpty()) {
      return new Outcome.Unanswered("no entrypoint answers by TCP: " + failures(outcomes));
    }
    List<Integer> versions =
        answers.values().stream()
            .filter(answer -> answer.shredVersion().isPresent())
            .map(answer -> answer.shredVersion().getAsInt())
            .filter(version -> version != 0)
            .distinct()
            .toList();
    IpAddress address = answers.values().iterator().next().address();
    if (versions.size() > 1) {
      return new Outcome.Failed("entrypoints are of different clusters: " + byVersion(answers));
    }
    if (wanted.isPresent()) {
      boolean fits = versions.isEmpty() || versions.getFirst() == wanted.getAsInt();
      return fits
          ? new Outcome.Learned(address, wanted.getAsInt())
          : new Outcome.Failed(
              "shred version "
                  + wanted.getAsInt()
                  + " was asked for, but the cluster has "
                  + versions.getFirst());
    }
    return versions.isEmpty()
        ? new Outcome.Failed("no entrypoint tells its shred version; give it with --shred-version")
        : new Outcome.Learned(address, versions.getFirst());
  }

  private static List<IpEchoClient.Outcome> askAll(List<Endpoint> entrypoints, int timeoutMs) {
    var outcomes = new ArrayList<IpEchoClient.Outcome>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<IpEchoClient.Outcome>> asked =
          entrypoints.stream()
              .map(entrypoint -> threads.submit(() -> IpEchoClient.ask(entrypoint, timeoutMs)))
              .toList();
      for (int i = 0; i < asked.size(); i++) {
        outcomes.add(get(asked.get(i), entrypoints.get(i)));
      }
    }
    return outcomes;
  }

  private static IpEchoClient.Outcome get(Future<IpEchoClient.Outcome> asked, Endpoint entrypoint) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      return new IpEchoClient.Outcome.Failed(entrypoint, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IpEchoClient.Outcome.Failed(entrypoint, "interrupted");
    }
  }

  private static String failures(List<IpEchoClient.Outcome> outcomes) {
    return outcomes.stream()
        .filter(IpEchoClient.Outcome.Failed.class::isInstance)
        .map(IpEchoClient.Outcome.Failed.class::cast)
        .map(failed -> failed.entrypoint() + " (" + failed.why() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String byVersion(Map<Endpoint, EchoAnswer> answers) {
    return answers.entrySet().stream()
        .map(entry -> entry.getKey() + " says " + entry.getValue().shredVersion().orElse(0))
        .collect(Collectors.joining(", "));
  }
}
