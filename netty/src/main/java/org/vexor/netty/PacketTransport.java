package org.vexor.netty;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortException;
import org.vexor.packet.select.PacketEngines;

/// Whether this transport works here, asked as with Netty's own native transports. It does wherever
/// any engine opens; which one it is, a channel's [report][PacketDatagramChannel#report] says.
public final class PacketTransport {
  private PacketTransport() {}

  private static final class Found {
    static final Optional<String> REASON = tryOne();

    private static Optional<String> tryOne() {
      try {
        PacketEngines.local(new EngineOptions(64, 2, 1)).close();
        return Optional.empty();
      } catch (PortException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Whether an engine opens. The first call tries it; later ones answer the same.
  public static boolean isAvailable() {
    return Found.REASON.isEmpty();
  }

  /// Why none opens; null when one does, as Netty's transports answer.
  public static @Nullable Throwable unavailabilityCause() {
    return Found.REASON.map(PortException::new).orElse(null);
  }

  /// Does nothing where an engine opens.
  ///
  /// @throws UnsatisfiedLinkError otherwise, with the reason as its cause
  public static void ensureAvailability() {
    Throwable cause = unavailabilityCause();
    if (cause != null) {
      throw (UnsatisfiedLinkError)
          new UnsatisfiedLinkError("no packet engine opens here").initCause(cause);
    }
  }
}
