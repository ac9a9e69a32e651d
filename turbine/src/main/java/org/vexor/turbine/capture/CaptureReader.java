package org.vexor.turbine.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// Reads capture files, recognising the format by content; gzip around any of them is taken off.
/// Stateless.
public final class CaptureReader {
  /// Longest gzip content that is unpacked; a whole mainnet block as JSON is a tenth of it.
  private static final int MAX_UNPACKED_BYTES = 256 << 20;

  private static final int REPAIR_NONCE_BYTES = 4;

  private CaptureReader() {}

  /// Reads a file.
  ///
  /// @throws IOException if the file cannot be read; its content never throws
  public static Capture read(Path file) throws IOException {
    return read(Files.readAllBytes(file));
  }

  /// Reads the content of a file.
  public static Capture read(byte[] content) {
    if (content.length < 2 || (content[0] & 0xff) != 0x1f || (content[1] & 0xff) != 0x8b) {
      return recognise(content, false);
    }
    try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(content))) {
      byte[] unpacked = unpacking.readNBytes(MAX_UNPACKED_BYTES + 1);
      if (unpacked.length > MAX_UNPACKED_BYTES) {
        return refuseAll("gzip content is longer than " + MAX_UNPACKED_BYTES + " bytes");
      }
      return recognise(unpacked, true);
    } catch (IOException e) {
      return refuseAll("gzip content is damaged: " + e.getMessage());
    }
  }

  private static Capture recognise(byte[] content, boolean gzipped) {
    Map<CaptureFormat, String> reasons = new EnumMap<>(CaptureFormat.class);
    for (CaptureFormat format : CaptureFormat.values()) {
      switch (read(format, content)) {
        case Reading.Read(var datagrams, var skipped) -> {
          return new Capture.Recognised(format, datagrams, skipped, gzipped);
        }
        case Reading.Not(var because) -> reasons.put(format, because);
      }
    }
    return new Capture.NotRecognised(reasons);
  }

  private static Reading read(CaptureFormat format, byte[] content) {
    return switch (format) {
      case PCAP -> PcapReader.read(content);
      case AR -> ArReader.read(content);
      case JSON -> JsonBytesReader.read(content);
      case U64_LIST -> ListReader.read(content, 8);
      case U32_LIST -> ListReader.read(content, 4);
      case U16_LIST -> ListReader.read(content, 2);
      case SHRED -> single(content);
    };
  }

  private static Reading single(byte[] content) {
    ShredView view = new ShredView();
    ShredRefusal refusal = view.parse(content, 0, content.length);
    if (refusal != ShredRefusal.NONE) {
      return new Reading.Not("refused as " + refusal);
    }
    int extra = content.length - view.length();
    return extra == 0 || extra == REPAIR_NONCE_BYTES
        ? new Reading.Read(List.of(content), 0)
        : new Reading.Not(extra + " bytes behind the shred");
  }

  private static Capture refuseAll(String because) {
    Map<CaptureFormat, String> reasons = new EnumMap<>(CaptureFormat.class);
    for (CaptureFormat format : CaptureFormat.values()) {
      reasons.put(format, because);
    }
    return new Capture.NotRecognised(reasons);
  }
}
