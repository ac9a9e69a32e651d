package org.vexor.node.cli;

import java.util.Locale;
import org.vexor.node.run.IdleMode;
import org.vexor.turbine.tvu.ThreadingMode;
import picocli.CommandLine.Option;

/// How many threads receive, and what they do meanwhile.
final class ThreadOptions {
  /// Two for the receiver, one for the collector and the rest of the program, one for the kernel.
  private static final int CORES_FOR_DEDICATED = 4;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "auto",
      description =
          "shared: reception and verification on one thread; dedicated: on one each; auto: dedicated"
              + " from 4 cores on (default ${DEFAULT-VALUE})")
  private String threads = "auto";

  @Option(
      names = "--idle",
      paramLabel = "I",
      defaultValue = "sleep",
      description =
          "what receiving threads do without packets: sleep (in the kernel, until one comes), backoff, yield or"
              + " spin (sooner, for a core each) (default ${DEFAULT-VALUE})")
  private String idle = "sleep";

  ThreadingMode threading() throws UserException {
    if (threads.equals("auto")) {
      return Runtime.getRuntime().availableProcessors() >= CORES_FOR_DEDICATED
          ? ThreadingMode.DEDICATED
          : ThreadingMode.SHARED;
    }
    return BackendOptions.word(
        "--threads", threads, ThreadingMode.values(), mode -> mode.name().toLowerCase(Locale.ROOT));
  }

  IdleMode idle() throws UserException {
    return BackendOptions.word("--idle", idle, IdleMode.values(), IdleMode::word);
  }
}
