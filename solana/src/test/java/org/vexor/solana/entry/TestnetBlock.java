package org.vexor.solana.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.vexor.testkit.Fixtures;

/// The entry batches of a captured testnet block, cut out of its data shreds, beside what an
/// independent script found.
record TestnetBlock(List<byte[]> batches, JsonNode expected, int shreds) {
  private static final int DATA_HEADER_BYTES = 88;
  private static final int FLAGS = 85;
  private static final int SIZE = 86;
  private static final int DATA_COMPLETE = 0x40;

  static TestnetBlock load() throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode expected = json.readTree(Fixtures.solanaBytes("sig/testnet-417955322.expected.json"));
    List<byte[]> batches = new ArrayList<>();
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    JsonNode shreds;
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(Fixtures.solana("sig/testnet-417955322.shreds.json.gz")))) {
      shreds = json.readTree(in);
    }
    for (JsonNode shred : shreds) {
      int size = shred.get(SIZE).asInt() | (shred.get(SIZE + 1).asInt() << 8);
      for (int i = DATA_HEADER_BYTES; i < size; i++) {
        batch.write(shred.get(i).asInt());
      }
      if ((shred.get(FLAGS).asInt() & DATA_COMPLETE) != 0) {
        batches.add(batch.toByteArray());
        batch.reset();
      }
    }
    return new TestnetBlock(batches, expected, shreds.size());
  }
}
