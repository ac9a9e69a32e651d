package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.TlsOptions;

/// Datagrams between ports, past Netty's pipelines: whole, in order as nothing is lost, and each in
/// the accounts.
final class DatagramWayTest {
  private static final int SEED = 9;
  private static final int CONNECTIONS = 3;
  private static final int DATAGRAMS = 400;

  private final Lab lab = Lab.ports("port", 2, () -> PacketEngines.local(EngineOptions.DEFAULT));

  @AfterEach
  void closeAll() {
    lab.close();
  }

  /// Sends every datagram back.
  private static final class Mirror implements ConnectionHandler {
    @Override
    public StreamReceiver streamOpened(QuicStream stream) {
      return StreamReceiver.NOTHING;
    }

    @Override
    public void datagram(QuicConnection connection, ByteBuffer payload) {
      boolean _ = connection.sendDatagram(new byte[0], Unpooled.wrappedBuffer(payload));
    }
  }

  /// Sends one more for each that came back, a batch to begin with.
  private static final class Pump implements ConnectionHandler {
    final Queue<byte[]> back = new ConcurrentLinkedQueue<>();
    final CompletableFuture<QuicConnection> opened = new CompletableFuture<>();
    private final List<byte[]> datagrams;
    private int next;

    Pump(List<byte[]> datagrams) {
      this.datagrams = datagrams;
    }

    @Override
    public void opened(QuicConnection connection) {
      for (int i = 0; i < 16; i++) {
        send(connection);
      }
      opened.complete(connection);
    }

    private void send(QuicConnection connection) {
      if (next < datagrams.size()) {
        byte[] all = datagrams.get(next++);
        ByteBuf rest = Unpooled.directBuffer(all.length).writeBytes(all, 1, all.length - 1);
        boolean _ = connection.sendDatagram(new byte[] {all[0]}, rest);
        rest.release();
      }
    }

    @Override
    public StreamReceiver streamOpened(QuicStream stream) {
      return StreamReceiver.NOTHING;
    }

    @Override
    public void datagram(QuicConnection connection, ByteBuffer payload) {
      back.add(Recorder.bytes(payload));
      send(connection);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void datagramsOfSeveralConnectionsComeBackAsTheyWere(String host) throws Exception {
    QuicServer server =
        lab.serverAt(
            at(host),
            TlsOptions.solana(Lab.SERVER_IDENTITY),
            EndpointOptions.DEFAULT,
            ConnectionLimits.DEFAULT,
            new Application.Callbacks(_ -> new Mirror()));
    QuicClient client =
        lab.clientAt(at(host), TlsOptions.solana(Lab.CLIENT_IDENTITY), EndpointOptions.DEFAULT);
    var pumps = new ArrayList<Pump>();
    for (int i = 0; i < CONNECTIONS; i++) {
      var pump = new Pump(datagrams(new Random(SEED + i)));
      pumps.add(pump);
      Lab.await(
          client.connect(
              ConnectRequest.pinned(
                  server.localAddress(), Lab.serverKey(), new Application.Callbacks(_ -> pump))));
    }
    for (Pump pump : pumps) {
      Lab.await("all back", () -> pump.back.size() == DATAGRAMS);
      for (byte[] sent : pump.datagrams) {
        assertArrayEquals(sent, pump.back.remove());
      }
      DatagramCounters counters = pump.opened.join().datagramCounters();
      assertEquals(DATAGRAMS, counters.offered());
      assertEquals(DATAGRAMS, counters.sent());
      assertEquals(DATAGRAMS, counters.received());
    }
  }

  private static InetSocketAddress at(String host) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), 0);
  }

  /// From those of which dozens share a packet to the longest ones.
  private static List<byte[]> datagrams(Random random) {
    var made = new ArrayList<byte[]>();
    for (int i = 0; i < DATAGRAMS; i++) {
      var bytes = new byte[1 + random.nextInt(i % 2 == 0 ? 20 : 1_150)];
      random.nextBytes(bytes);
      made.add(bytes);
    }
    return made;
  }
}
