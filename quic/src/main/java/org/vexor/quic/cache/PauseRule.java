package org.vexor.quic.cache;

import java.time.Duration;
import org.vexor.quic.CloseReason;

/// How long to keep away from a peer after it ended a connection so; the usual pause applies when
/// that is longer.
@FunctionalInterface
public interface PauseRule {
  /// The usual pauses only.
  PauseRule USUAL = _ -> Duration.ZERO;

  Duration atLeast(CloseReason reason);
}
