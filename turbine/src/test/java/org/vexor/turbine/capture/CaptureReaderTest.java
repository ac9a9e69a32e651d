package org.vexor.turbine.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.testkit.Fixtures;

final class CaptureReaderTest {
  @ParameterizedTest
  @CsvSource({
    "sig/slot-410010000-fecset-000000.shreds.bin, U64_LIST, 59",
    "sig/merkle_proof_test_shreds_34_data_34_code.bin, U64_LIST, 68",
    "sig/merkle_root_metas_coding_test_shreds_3_1228.bin, U64_LIST, 3",
    "sig/agave.blockstore.test_get_rooted_block.shreds.bin, U64_LIST, 34",
    "sig/mainnet_recovery_284737905.received.bin, U32_LIST, 11",
    "sig/mainnet_recovery_284737905.recovered.bin, U32_LIST, 17",
    "sig/testnet-417955322.shreds.json.gz, JSON, 320",
    "firedancer/demo-shreds.pcap, PCAP, 512",
    "firedancer/localnet-v14-slot0-shreds.ar, AR, 4",
    "validator/agave-4.2.2-slots-45-46.bin, U16_LIST, 512",
    "validator/agave-4.2.2-slots-47-48-lossy.bin, U16_LIST, 314",
    "validator/agave-4.2.2-gossip.pcap, PCAP, 194",
    "radiance/mainnet-slot0-d000.bin, SHRED, 1",
  })
  void recognisesEveryFormatByContent(String name, CaptureFormat format, int count) {
    Capture.Recognised read =
        assertInstanceOf(
            Capture.Recognised.class, CaptureReader.read(Fixtures.solanaBytes(name)), name);
    assertEquals(format, read.format());
    assertEquals(count, read.datagrams().size());
    assertEquals(0, read.framesSkipped());
    assertEquals(name.endsWith(".gz"), read.gzipped());
  }

  @Test
  void saysWhyForEachFormatWhatItIsNot() {
    byte[] text = "a page of prose, which holds no datagrams".getBytes(StandardCharsets.UTF_8);
    Map<CaptureFormat, String> reasons =
        assertInstanceOf(Capture.NotRecognised.class, CaptureReader.read(text)).reasons();
    assertEquals(CaptureFormat.values().length, reasons.size());
    assertEquals("no pcap magic", reasons.get(CaptureFormat.PCAP));
    assertEquals("refused as TOO_SHORT", reasons.get(CaptureFormat.SHRED));
  }

  @Test
  void refusesAListThatIsCut() throws IOException {
    byte[] whole = written(List.of(new byte[1203], new byte[1228]), false);
    Capture cut = CaptureReader.read(Arrays.copyOf(whole, whole.length - 1));
    String message = assertInstanceOf(Capture.NotRecognised.class, cut).message();
    assertTrue(message.contains("ends inside an item of 1228 bytes at byte 1207"), message);
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("[[1,2,3],[4]]".getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = packed.toByteArray();
    assertInstanceOf(Capture.Recognised.class, CaptureReader.read(bytes));
    Capture cut = CaptureReader.read(Arrays.copyOf(bytes, bytes.length - 9));
    String message = assertInstanceOf(Capture.NotRecognised.class, cut).message();
    assertTrue(message.contains("gzip content is damaged"), message);
  }

  @Test
  void countsFramesThatAreNoWholeDatagram() throws IOException {
    byte[] pcap = written(List.of(new byte[40], new byte[50]), true);
    pcap[24 + 16 + 9] = 6; // the first packet becomes TCP
    Capture.Recognised read = assertInstanceOf(Capture.Recognised.class, CaptureReader.read(pcap));
    assertEquals(1, read.framesSkipped());
    assertEquals(50, read.datagrams().getFirst().length);
  }

  @Test
  void writesNoDatagramThatCannotBe() throws IOException {
    try (CaptureWriter writer = CaptureWriter.u16List(new ByteArrayOutputStream())) {
      assertThrows(IllegalArgumentException.class, () -> writer.write(0, new byte[0], 0, 0));
    }
  }

  @Property(tries = 100)
  void readsBackWhatWasWritten(
      @ForAll @Size(min = 1, max = 20) List<@Size(min = 300, max = 1500) byte[]> datagrams,
      @ForAll boolean pcap)
      throws IOException {
    Capture.Recognised read =
        assertInstanceOf(Capture.Recognised.class, CaptureReader.read(written(datagrams, pcap)));
    assertEquals(pcap ? CaptureFormat.PCAP : CaptureFormat.U16_LIST, read.format());
    assertEquals(datagrams.size(), read.datagrams().size());
    for (int i = 0; i < datagrams.size(); i++) {
      assertArrayEquals(datagrams.get(i), read.datagrams().get(i));
    }
  }

  @FuzzTest(maxDuration = "30s")
  void neverThrowsForAnyContent(byte[] content) {
    if (content != null) {
      CaptureReader.read(content);
    }
  }

  private static byte[] written(List<byte[]> datagrams, boolean pcap) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CaptureWriter writer =
        pcap ? CaptureWriter.pcap(out, 8000, 8001) : CaptureWriter.u16List(out)) {
      for (byte[] datagram : datagrams) {
        writer.write(1_000_000_000_123L, datagram, 0, datagram.length);
      }
    }
    return out.toByteArray();
  }
}
