package org.vexor.turbine.tvu;

import java.util.Locale;

/// Why a sound shred did not reach the thread that verifies. Turbine sends each shred's set with as
/// much redundancy again, and repair asks for what is still missing.
public enum ShedReason {
  /// Verification does not keep up.
  VERIFY_QUEUE_FULL,
  /// The engine had no frame that could wait.
  NO_FRAME_TO_SPARE;

  /// Its name in counts: `verify_queue_full`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
