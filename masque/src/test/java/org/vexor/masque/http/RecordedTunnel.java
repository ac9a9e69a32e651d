package org.vexor.masque.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.vexor.masque.MasqueLab;

/// A client's tunnel that remembers what came, or why there is none.
public final class RecordedTunnel implements ResponseHandler, UdpFlowHandler {
  public final CompletableFuture<UdpFlow> flow = new CompletableFuture<>();
  public final CompletableFuture<ResponseHead> head = new CompletableFuture<>();
  public final CompletableFuture<RequestFailure> failure = new CompletableFuture<>();
  public final CompletableFuture<FlowEnd> end = new CompletableFuture<>();
  public final Queue<byte[]> received = new ConcurrentLinkedQueue<>();

  @Override
  public StreamListener response(RequestStream stream, ResponseHead answer) {
    head.complete(answer);
    var opened = new UdpFlow(stream, this, new FlowCounters());
    if (answer.isSuccess()) {
      assertTrue(answer.capsuleObstacle().isEmpty());
      opened.open();
      flow.complete(opened);
    }
    return opened;
  }

  @Override
  public void failed(RequestFailure why) {
    failure.complete(why);
  }

  @Override
  public void payload(ByteBuf payload) {
    received.add(ByteBufUtil.getBytes(payload));
  }

  @Override
  public void ended(FlowEnd how) {
    end.complete(how);
  }

  public UdpFlow.Sent send(byte[] payload) throws Exception {
    UdpFlow open = MasqueLab.await(flow);
    return MasqueLab.await(
        CompletableFuture.supplyAsync(
            () -> {
              UdpFlow.Sent sent = open.send(Unpooled.wrappedBuffer(payload));
              open.flush();
              return sent;
            },
            open.stream().eventLoop()));
  }

  public int maxPayloadBytes() throws Exception {
    UdpFlow open = MasqueLab.await(flow);
    return MasqueLab.await(
        CompletableFuture.supplyAsync(open::maxPayloadBytes, open.stream().eventLoop()));
  }

  public void echoes(int... lengths) throws Exception {
    for (int length : lengths) {
      assertEquals(UdpFlow.Sent.QUEUED, send(bytes(length)), length + " bytes");
      MasqueLab.await("the echo of " + length, () -> !received.isEmpty());
      assertArrayEquals(bytes(length), received.remove());
    }
  }

  public static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
