package org.vexor.turbine.fec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.vexor.testkit.Fixtures;
import org.vexor.turbine.capture.Capture;
import org.vexor.turbine.capture.CaptureReader;

/// The shreds of the captured files.
public final class Captures {
  private Captures() {}

  /// All datagrams of a file below `solana/`; skips the calling test when there is no such file.
  public static List<byte[]> read(String name) {
    try {
      return switch (CaptureReader.read(Fixtures.solana(name))) {
        case Capture.Recognised capture -> capture.datagrams();
        case Capture.NotRecognised not -> throw new IllegalStateException(not.message());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
