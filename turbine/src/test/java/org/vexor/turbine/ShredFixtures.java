package org.vexor.turbine;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.vexor.testkit.Fixtures;
import org.vexor.turbine.capture.Capture;
import org.vexor.turbine.capture.CaptureReader;

/// Captured shreds and what is expected of them.
public final class ShredFixtures {
  private ShredFixtures() {}

  /// The datagrams of a capture file.
  public static List<byte[]> datagrams(String name) {
    return assertInstanceOf(
            Capture.Recognised.class, CaptureReader.read(Fixtures.solanaBytes(name)))
        .datagrams();
  }

  /// A JSON file of expected values.
  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(Fixtures.solanaBytes(name));
    } catch (IOException e) {
      throw new UncheckedIOException("fixture " + name, e);
    }
  }
}
