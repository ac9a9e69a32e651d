package org.vexor.gossip.bootstrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vexor.gossip.TestIdentities;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.GossipRefusal;
import org.vexor.gossip.crds.IpAddress;
import org.vexor.packet.Endpoint;

final class BootstrapTest {
  private static final int TIMEOUT_MS = 5_000;

  @TempDir private Path folder;

  @Test
  void oneEntrypointTellsAddressAndShredVersion() throws IOException {
    try (IpEchoServer server = IpEchoServer.start(Endpoint.loopback(0), 4242)) {
      assertEquals(
          new Bootstrap.Outcome.Learned(IpAddress.of(Endpoint.loopback(0)), 4242),
          learn(OptionalInt.empty(), server.localEndpoint()));
      assertEquals(1, server.answered());
    }
  }

  @Test
  void entrypointsMustAgreeAmongThemselvesAndWithTheUser() throws IOException {
    try (IpEchoServer one = IpEchoServer.start(Endpoint.loopback(0), 1);
        IpEchoServer other = IpEchoServer.start(Endpoint.loopback(0), 2)) {
      var failed =
          assertInstanceOf(
              Bootstrap.Outcome.Failed.class,
              learn(OptionalInt.empty(), one.localEndpoint(), other.localEndpoint()));
      assertTrue(failed.why().contains("different clusters"), failed.why());
      assertInstanceOf(
          Bootstrap.Outcome.Failed.class, learn(OptionalInt.of(7), one.localEndpoint()));
      assertInstanceOf(
          Bootstrap.Outcome.Learned.class, learn(OptionalInt.of(1), one.localEndpoint()));
    }
  }

  @Test
  void whoDoesNotAnswerIsLeftOutUnlessNobodyDoes() throws IOException {
    Endpoint nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = Endpoint.loopback(socket.getLocalPort());
    }
    try (IpEchoServer server = IpEchoServer.start(Endpoint.loopback(0), 9)) {
      assertInstanceOf(
          Bootstrap.Outcome.Learned.class,
          learn(OptionalInt.empty(), nobody, server.localEndpoint()));
    }
    var unanswered =
        assertInstanceOf(Bootstrap.Outcome.Unanswered.class, learn(OptionalInt.empty(), nobody));
    assertTrue(unanswered.why().contains(nobody.toString()), unanswered.why());
  }

  @Test
  void whatIsNoQuestionGetsNoAnswer() throws IOException {
    try (IpEchoServer server = IpEchoServer.start(Endpoint.loopback(0), 9);
        var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.localEndpoint().port()));
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(TIMEOUT_MS);
      assertEquals(0, answerBytes(socket), "closed without a word");
    }
  }

  private static int answerBytes(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes().length;
    } catch (java.net.SocketException e) {
      return 0; // reset, since the server closed before it had read all
    }
  }

  @Test
  void answersOfBothFamiliesComeBack() {
    for (String host : List.of("192.0.2.7:0", "[2001:db8::7]:0")) {
      var answer = new EchoAnswer(IpAddress.of(Endpoint.parse(host)), OptionalInt.of(50093));
      byte[] bytes = IpEcho.response(answer);
      assertEquals(IpEcho.RESPONSE_BYTES, bytes.length);
      assertEquals(Optional.of(answer), IpEcho.readResponse(bytes));
    }
    var silent = new EchoAnswer(IpAddress.of(Endpoint.loopback(0)), OptionalInt.empty());
    assertEquals(Optional.of(silent), IpEcho.readResponse(IpEcho.response(silent)));
    assertTrue(IpEcho.readRequest(IpEcho.request()).isPresent());
  }

  @Test
  void contactsComeBackFromDisk() throws IOException {
    Path file = folder.resolve("contact-info.bin");
    List<CrdsValue> values =
        List.of(
            TestIdentities.signedContact(1, TestIdentities.START_MS),
            TestIdentities.signedContact(2, TestIdentities.START_MS));
    ContactFile.write(file, values);
    ContactFile.write(file, values);
    assertEquals(new ContactFile.Reading.Read(values), ContactFile.read(file));
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] = 3;
    assertEquals(
        new ContactFile.Reading.Refused(GossipRefusal.COUNT_BEYOND_BOUND),
        ContactFile.parse(bytes));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing is left behind");
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void neverThrowsWhateverTheBytes(byte[] bytes) {
    IpEcho.readRequest(bytes);
    IpEcho.readResponse(bytes)
        .ifPresent(
            answer ->
                assertEquals(Optional.of(answer), IpEcho.readResponse(IpEcho.response(answer))));
    ContactFile.parse(bytes);
  }

  static Stream<Arguments> seeds() {
    byte[] answer =
        IpEcho.response(new EchoAnswer(IpAddress.of(Endpoint.loopback(0)), OptionalInt.of(1)));
    assertArrayEquals(new byte[4], java.util.Arrays.copyOf(answer, 4));
    return Stream.of(answer, IpEcho.request(), new byte[8]).map(Arguments::of);
  }

  private static Bootstrap.Outcome learn(OptionalInt wanted, Endpoint... entrypoints) {
    return Bootstrap.learn(List.of(entrypoints), wanted, TIMEOUT_MS);
  }
}
