package org.vexor.masque.front;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.uri.UdpTarget;

/// With raw bytes in the place of a SOCKS client.
final class SocksFrontTest {
  private static final int PATIENCE_MS = 20_000;
  private static final byte[] NO_LOGIN = HexFormat.of().parseHex("050100");
  private static final byte[] WITH_LOGIN = HexFormat.of().parseHex("05020002");

  private static SocksFront front(FrontLab lab, Optional<SocksLogin> login) {
    MasqueLab.await("a connection", () -> lab.client.status().version().isPresent());
    return lab.lab.also(
        SocksFront.start(
            lab.lab.loops(),
            lab.ports.transport(),
            lab.client,
            MasqueLab.anyPort(),
            FrontLimits.DEFAULT,
            login,
            FrontListener.NONE),
        SocksFront::close);
  }

  private static Socket connect(FrontLab lab, SocksFront front) throws IOException {
    var socket = new Socket(front.address().getAddress(), front.address().getPort());
    socket.setSoTimeout(PATIENCE_MS);
    return lab.lab.also(
        socket,
        open -> {
          try {
            open.close();
          } catch (IOException e) {
            throw new AssertionError("a socket does not close", e);
          }
        });
  }

  private static String read(Socket socket, int bytes) throws IOException {
    byte[] buffer = new byte[bytes];
    new DataInputStream(socket.getInputStream()).readFully(buffer);
    return HexFormat.of().formatHex(buffer);
  }

  private static byte[] request(int command, UdpTarget target) {
    byte[] header = SocksDatagram.header(target);
    header[0] = 5;
    header[1] = (byte) command;
    return header;
  }

  private static void send(Socket socket, byte[]... parts) throws IOException {
    OutputStream out = socket.getOutputStream();
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    out.write(all.toByteArray());
    out.flush();
  }

  /// A TCP server that sends all back, then ends.
  private static ServerSocket mirror(FrontLab lab) throws IOException {
    var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket accepted = server.accept();
                  Thread.ofVirtual().start(() -> mirror(accepted));
                }
              } catch (IOException _) {
                // Closed, as the test is over.
              }
            });
    return lab.lab.also(
        server,
        open -> {
          try {
            open.close();
          } catch (IOException e) {
            throw new AssertionError("a server does not close", e);
          }
        });
  }

  private static void mirror(Socket socket) {
    try (socket) {
      long _ = socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException _) {
      // The other side is gone.
    }
  }

  @ParameterizedTest
  @EnumSource
  void carriesTcpBothWaysUntilBothHaveEnded(HttpVersion version) throws Exception {
    try (var lab = new FrontLab(options -> options.withVersions(version))) {
      SocksFront front = front(lab, Optional.empty());
      UdpTarget target = UdpTarget.of("localhost:" + mirror(lab).getLocalPort());
      Socket client = connect(lab, front);
      // All at once, as an eager client does; the body is longer than any window.
      byte[] body = RecordedTunnel.bytes(3_000_000);
      send(client, NO_LOGIN, request(1, target), Arrays.copyOf(body, 1_000));
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      send(client, Arrays.copyOfRange(body, 1_000, body.length));
                      client.shutdownOutput();
                    } catch (IOException e) {
                      throw new AssertionError("the body could not be sent", e);
                    }
                  });
      assertEquals("0500" + "05000001000000000000", read(client, 12));
      assertArrayEquals(body, client.getInputStream().readAllBytes());
      writer.join();
      MasqueLab.await(
          "the end",
          () -> front.counters().figures().getOrDefault("connections_now", 1).longValue() == 0);
    }
  }

  @Test
  void carriesUdpByAddressAndByName() throws Exception {
    try (var lab = new FrontLab()) {
      SocksFront front = front(lab, Optional.empty());
      Socket control = connect(lab, front);
      send(control, NO_LOGIN, request(3, UdpTarget.of("192.0.2.1:1")));
      // The port that it will send from is known by its number only; this one is of nobody.
      assertEquals("0500" + "05000001" + "7f000001", read(control, 10));
      assertTrue(Integer.parseInt(read(control, 2), 16) > 0);

      Socket second = connect(lab, front);
      byte[] anyPort = HexFormat.of().parseHex("05030001000000000000");
      send(second, NO_LOGIN, anyPort);
      assertEquals("0500" + "05000001" + "7f000001", read(second, 10));
      var relay =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), Integer.parseInt(read(second, 2), 16));
      DatagramSocket program = lab.program();
      for (String host : new String[] {"127.0.0.1", "localhost"}) {
        byte[] header = SocksDatagram.header(UdpTarget.of(host + ":" + lab.echo.getLocalPort()));
        for (int length : new int[] {0, 1, 1_100}) {
          byte[] whole = Arrays.copyOf(header, header.length + length);
          assertArrayEquals(whole, FrontLab.ask(program, relay, whole));
        }
      }
      // A fragment, and something that is no header.
      for (String wrong : new String[] {"000001017f0000010009", "0000", "00000007"}) {
        byte[] bytes = HexFormat.of().parseHex(wrong);
        program.send(new DatagramPacket(bytes, bytes.length, relay));
      }
      MasqueLab.await(
          "the count",
          () -> front.counters().figures().getOrDefault("dropped_malformed", 0).longValue() == 3);
      assertEquals(2, front.counters().tunnels());
      second.close();
      MasqueLab.await("the end", () -> front.counters().tunnels() == 0);
    }
  }

  @Test
  void wantsItsLogin() throws Exception {
    try (var lab = new FrontLab()) {
      SocksFront front = front(lab, Optional.of(new SocksLogin("bob", "right")));
      UdpTarget target = UdpTarget.of("127.0.0.1:" + mirror(lab).getLocalPort());
      Socket without = connect(lab, front);
      send(without, NO_LOGIN);
      assertEquals("05ff", read(without, 2));
      assertEquals(-1, without.getInputStream().read());
      for (String password : new String[] {"wrong", "right"}) {
        Socket client = connect(lab, front);
        byte[] login = ("\1\3bob\5" + password).getBytes(StandardCharsets.ISO_8859_1);
        send(client, WITH_LOGIN, login, request(1, target));
        assertEquals("0502", read(client, 2));
        if (password.equals("right")) {
          assertEquals("0100" + "0500", read(client, 4));
        } else {
          assertEquals("01ff", read(client, 4 - 2));
          assertEquals(-1, client.getInputStream().read());
        }
      }
      assertEquals(2L, front.counters().figures().get("log_ins_refused"));
    }
  }

  @Test
  void saysWhyAConnectionCannotBeHad() throws Exception {
    try (var lab = new FrontLab()) {
      SocksFront front = front(lab, Optional.empty());
      int nobody;
      try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        nobody = free.getLocalPort();
      }
      Object[][] cases = {
        {1, "10.0.0.1:80", "0502"},
        {1, "127.0.0.1:" + nobody, "0505"},
        {1, "no-such-name.invalid:80", "0504"},
        {2, "127.0.0.1:80", "0507"},
      };
      for (Object[] each : cases) {
        Socket client = connect(lab, front);
        send(client, NO_LOGIN, request((int) each[0], UdpTarget.of((String) each[1])));
        assertEquals("0500" + each[2], read(client, 4), (String) each[1]);
      }
    }
  }

  @Test
  void whatIsNoSocksIsClosed() throws Exception {
    try (var lab = new FrontLab()) {
      SocksFront front = front(lab, Optional.empty());
      Socket client = connect(lab, front);
      send(client, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      assertEquals(-1, client.getInputStream().read());
    }
  }
}
