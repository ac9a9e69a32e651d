package org.vexor.turbine.capture;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What came of reading a capture file.
public sealed interface Capture {

  /// The file was read to its last byte.
  ///
  /// @param datagrams in file order
  /// @param framesSkipped frames of a pcap that hold no whole UDP datagram
  /// @param gzipped whether the content was compressed
  record Recognised(
      CaptureFormat format, List<byte[]> datagrams, int framesSkipped, boolean gzipped)
      implements Capture {
    public Recognised {
      datagrams = List.copyOf(datagrams);
    }
  }

  /// The file is in none of the formats.
  ///
  /// @param reasons for each format asked for, why it is not that
  record NotRecognised(Map<CaptureFormat, String> reasons) implements Capture {
    public NotRecognised {
      reasons = Map.copyOf(reasons);
    }

    /// All the reasons in one line.
    public String message() {
      return reasons.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(e -> "not a " + e.getKey().title() + ": " + e.getValue())
          .collect(Collectors.joining("; "));
    }
  }
}
