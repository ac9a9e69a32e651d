package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.quic.tls.TlsOptions;

/// Packets that QUIC hands to a channel joined arrive cut as they were.
final class SegmentsTest {
  @Test
  void joinedPacketsCarryAStream() throws Exception {
    var recorder = new Recorder();
    var joined = new AtomicInteger();
    try (Lab lab =
        Lab.ports("segments", 2, () -> new ChannelEngine(EngineOptions.DEFAULT))
            .withSegments(counted(joined))) {
      QuicServer server =
          lab.server(
              TlsOptions.solana(Lab.SERVER_IDENTITY),
              EndpointOptions.DEFAULT,
              Recorder.application(recorder));
      QuicClient client =
          lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), EndpointOptions.DEFAULT);
      QuicConnection connection =
          Lab.await(
              client.connect(
                  ConnectRequest.pinned(
                      server.localAddress(), Lab.serverKey(), Application.sendOnly())));
      byte[] sent = new byte[300_000];
      new Random(1).nextBytes(sent);
      QuicStream stream =
          Lab.await(connection.openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING));
      stream.finish(ByteBuffer.wrap(sent));
      stream.flush();
      Lab.await("stream", () -> !recorder.streams.isEmpty());
      assertArrayEquals(sent, recorder.streams.peek());
      assertTrue(joined.get() > 0, "some packets were joined");
    }
  }

  private static SegmentedDatagramPacketAllocator counted(AtomicInteger joined) {
    return new SegmentedDatagramPacketAllocator() {
      @Override
      public DatagramPacket newPacket(ByteBuf content, int segmentBytes, InetSocketAddress to) {
        joined.incrementAndGet();
        return new SegmentedDatagramPacket(content, segmentBytes, to);
      }
    };
  }
}
