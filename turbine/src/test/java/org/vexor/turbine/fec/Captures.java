package org.vexor.turbine.fec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPInputStream;
import org.vexor.testkit.Fixtures;

/// The shreds of the captured files, by the plainest reading of each format.
public final class Captures {
  private Captures() {}

  /// u64 length, shred.
  public static List<byte[]> u64List(String name) {
    return list(name, file -> Math.toIntExact(file.getLong()));
  }

  /// u32 length, shred.
  public static List<byte[]> u32List(String name) {
    return list(name, ByteBuffer::getInt);
  }

  /// u16 length, shred.
  public static List<byte[]> u16List(String name) {
    return list(name, file -> file.getShort() & 0xffff);
  }

  private static List<byte[]> list(String name, ToIntFunction<ByteBuffer> readLength) {
    ByteBuffer file = buffer(Fixtures.solanaBytes(name));
    List<byte[]> shreds = new ArrayList<>();
    while (file.hasRemaining()) {
      byte[] shred = new byte[readLength.applyAsInt(file)];
      file.get(shred);
      shreds.add(shred);
    }
    return shreds;
  }

  /// Classic little-endian pcap of Ethernet, IPv4, UDP.
  public static List<byte[]> pcap(String name) {
    ByteBuffer file = buffer(Fixtures.solanaBytes(name));
    file.position(24);
    List<byte[]> shreds = new ArrayList<>();
    while (file.hasRemaining()) {
      int length = file.getInt(file.position() + 8);
      byte[] frame = new byte[length];
      file.position(file.position() + 16).get(frame);
      shreds.add(Arrays.copyOfRange(frame, 42, length));
    }
    return shreds;
  }

  /// Gzip of a JSON array of arrays of byte values.
  public static List<byte[]> jsonGz(String name) throws IOException {
    byte[] file = Fixtures.solanaBytes(name);
    List<byte[]> shreds = new ArrayList<>();
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(file))) {
      for (JsonNode node : new ObjectMapper().readTree(unzipped)) {
        byte[] shred = new byte[node.size()];
        for (int i = 0; i < shred.length; i++) {
          shred[i] = (byte) node.get(i).intValue();
        }
        shreds.add(shred);
      }
    }
    return shreds;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
