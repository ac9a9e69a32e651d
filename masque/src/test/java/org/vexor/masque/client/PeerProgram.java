package org.vexor.masque.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// One of the programs around masque-go, as a process.
final class PeerProgram implements AutoCloseable {
  private final Process process;

  private PeerProgram(Process process) {
    this.process = process;
  }

  /// Starts it; the test is skipped where the programs are not built.
  static PeerProgram start(String program, String... arguments) throws IOException {
    Path file = Path.of(System.getProperty("vexor.peers", "/nowhere"), program);
    Assumptions.assumeTrue(
        Files.isExecutable(file),
        () ->
            program
                + " is not in the folder that -Dvexor.peers=DIR names; built from peers/masque-go");
    var command = new ArrayList<String>();
    command.add(file.toString());
    command.addAll(List.of(arguments));
    return new PeerProgram(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /// A UDP port number that was free a moment ago.
  static int freePort() throws IOException {
    try (var socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  /// At once, as by SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
