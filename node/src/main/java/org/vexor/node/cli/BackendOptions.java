package org.vexor.node.cli;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vexor.node.config.Choice;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.QueueChoice;
import org.vexor.packet.select.Selection;
import org.vexor.packet.select.Wanted;
import org.vexor.packet.xdp.device.DeviceMode;
import picocli.CommandLine.Option;

/// What is to carry the packets: the same options wherever an engine is opened.
final class BackendOptions {
  @Option(
      names = "--backend",
      paramLabel = "B",
      defaultValue = "auto",
      description =
          "what moves the packets: auto takes the best that works here and says why not better;"
              + " af_xdp, io_uring or udp take that one or fail (default ${DEFAULT-VALUE})")
  private String backend = "auto";

  @Option(
      names = "--interface",
      paramLabel = "IF",
      description =
          "network interface for AF_XDP (default: the one with the bound address, or of the default"
              + " route)")
  private @Nullable String networkInterface;

  @Option(
      names = "--xdp-mode",
      paramLabel = "M",
      defaultValue = "auto",
      description =
          "how AF_XDP works on the interface: auto (what is known to be sound), native, generic or zero-copy"
              + " (default ${DEFAULT-VALUE})")
  private String xdpMode = "auto";

  @Option(
      names = "--queues",
      paramLabel = "N|LIST",
      defaultValue = "all",
      description =
          "receive queues of the interface for AF_XDP: all, the first N, or a list as 0,2,4-7 (default"
              + " ${DEFAULT-VALUE})")
  private String queues = "all";

  @Option(
      names = "--xdp-confirm",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "leave AF_XDP after so long unless Enter is pressed: a guard for the first run on a machine"
              + " that you could lock yourself out of (default: stay)")
  private int confirmSeconds;

  /// How long AF_XDP waits to be confirmed; 0 for not at all.
  int confirmSeconds() {
    return confirmSeconds;
  }

  /// What they ask for, for a port that will be bound there.
  Selection selection(Endpoint bind, EngineOptions engine) throws UserException {
    Selection selection =
        Selection.automatic(bind)
            .withWanted(word("--backend", backend, Wanted.values(), Wanted::word))
            .withXdpMode(word("--xdp-mode", xdpMode, DeviceMode.values(), DeviceMode::label))
            .withQueues(queues())
            .withConfirmation(seconds())
            .withEngine(engine);
    return networkInterface == null ? selection : selection.withInterface(networkInterface);
  }

  private int seconds() throws UserException {
    if (confirmSeconds < 0) {
      throw new UserException("--xdp-confirm " + confirmSeconds + " is negative");
    }
    return confirmSeconds;
  }

  private QueueChoice queues() throws UserException {
    try {
      return QueueChoice.parse(queues);
    } catch (IllegalArgumentException e) {
      throw new UserException("--queues: " + e.getMessage(), e);
    }
  }

  /// The value whose word was given.
  static <T> T word(String option, String given, T[] values, Function<T, String> word)
      throws UserException {
    try {
      return Choice.of(option, given, values, word);
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }
}
