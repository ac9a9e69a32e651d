package org.vexor.testkit.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Looks for the capabilities that namespaces, XDP programs and AF_XDP sockets need.
final class RootCondition implements ExecutionCondition {
  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_NET_RAW = 13;
  private static final int CAP_SYS_ADMIN = 21;
  private static final Path STATUS = Path.of("/proc/self/status");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing = missing();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("root with namespaces");
    }
    System.err.println("skipped " + context.getDisplayName() + ": " + missing.get());
    return ConditionEvaluationResult.disabled(missing.get());
  }

  private static Optional<String> missing() {
    if (!Files.isReadable(STATUS)) {
      return Optional.of("needs Linux with /proc");
    }
    long effective;
    try (var lines = Files.lines(STATUS)) {
      effective =
          lines
              .filter(line -> line.startsWith("CapEff:"))
              .mapToLong(line -> HexFormat.fromHexDigitsToLong(line.substring(7).strip()))
              .findFirst()
              .orElse(0);
    } catch (IOException e) {
      return Optional.of("cannot read " + STATUS + ": " + e.getMessage());
    }
    long needed = 1L << CAP_NET_ADMIN | 1L << CAP_NET_RAW | 1L << CAP_SYS_ADMIN;
    if ((effective & needed) != needed) {
      return Optional.of(
          "needs root (CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN); CapEff is "
              + Long.toHexString(effective));
    }
    if (!Files.exists(Path.of("/usr/sbin/ip")) && !Files.exists(Path.of("/sbin/ip"))) {
      return Optional.of("needs the program ip of iproute2");
    }
    return Optional.empty();
  }
}
