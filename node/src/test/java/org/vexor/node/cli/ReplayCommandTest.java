package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.turbine.capture.Capture;
import org.vexor.turbine.capture.CaptureReader;

final class ReplayCommandTest {
  private static final int COUNT = 40;

  @TempDir private Path folder;

  /// A list with u32 lengths of random datagrams.
  private Path capture() throws IOException {
    var random = new Random(4);
    var content = ByteBuffer.allocate(COUNT * 1300).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < COUNT; i++) {
      byte[] datagram = new byte[1203];
      random.nextBytes(datagram);
      content.putInt(datagram.length).put(datagram);
    }
    Path file = folder.resolve("shreds.bin");
    return Files.write(file, Arrays.copyOf(content.array(), content.position()));
  }

  private static DatagramChannel receiver() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
    channel
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .configureBlocking(false);
    return channel;
  }

  private static String address(DatagramChannel channel) throws IOException {
    return "127.0.0.1:" + ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /// On loopback what was sent is in the receive buffer already.
  private static List<byte[]> drain(DatagramChannel channel) throws IOException {
    var received = new ArrayList<byte[]>();
    ByteBuffer buffer = ByteBuffer.allocate(2000);
    while (channel.receive(buffer.clear()) != null) {
      received.add(Arrays.copyOf(buffer.array(), buffer.position()));
    }
    return received;
  }

  @Test
  void sendsTheDatagramsOfTheFileInOrder() throws Exception {
    Path file = capture();
    List<byte[]> datagrams = ((Capture.Recognised) CaptureReader.read(file)).datagrams();
    try (DatagramChannel channel = receiver()) {
      CliRun run = CliRun.of("shreds", "replay", file.toString(), "--to", address(channel));
      assertEquals(0, run.exitCode(), run.err());
      assertTrue(run.out().startsWith("sent 40 of 40 datagrams"), run.out());
      assertArrayEquals(datagrams.toArray(), drain(channel).toArray());
    }
  }

  @Test
  void losesAndShufflesBySeed() throws Exception {
    Path file = capture();
    try (DatagramChannel channel = receiver()) {
      String[] command = {
        "shreds",
        "replay",
        file.toString(),
        "--to",
        address(channel),
        "--loss",
        "0.3",
        "--shuffle",
        "--rate",
        "0",
        "--seed",
        "9"
      };
      assertEquals(0, CliRun.of(command).exitCode());
      List<byte[]> first = drain(channel);
      assertTrue(first.size() < COUNT, "received " + first.size());
      CliRun.of(command);
      assertArrayEquals(first.toArray(), drain(channel).toArray());
    }
  }

  @Test
  void whatIsWrongIsOneLine() throws Exception {
    String file = capture().toString();
    Path noise = folder.resolve("noise");
    byte[] bytes = new byte[5000];
    new Random(5).nextBytes(bytes);
    Files.write(noise, bytes);
    String[][] wrong = {
      {file},
      {file, "--to", "127.0.0.1"},
      {file, "--to", "127.0.0.1:0"},
      {file, "--to", "127.0.0.1:99999"},
      {file, "--to", "127.0.0.1:9", "--loss", "2"},
      {file, "--to", "127.0.0.1:9", "--rate", "-1"},
      {folder.resolve("absent").toString(), "--to", "127.0.0.1:9"},
      {folder.toString(), "--to", "127.0.0.1:9"},
      {noise.toString(), "--to", "127.0.0.1:9"},
    };
    for (String[] arguments : wrong) {
      var command = new ArrayList<>(List.of("shreds", "replay"));
      command.addAll(List.of(arguments));
      CliRun run = CliRun.of(command.toArray(String[]::new));
      assertEquals(2, run.exitCode(), command + ": " + run.err());
      assertEquals(1, run.errLines().size(), run.err());
      assertEquals("", run.out());
    }
  }
}
