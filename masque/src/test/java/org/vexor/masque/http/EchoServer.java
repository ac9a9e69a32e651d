package org.vexor.masque.http;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Answers every CONNECT-UDP with a tunnel that sends all back, and everything else with 404.
public final class EchoServer implements RequestHandler {
  /// Listens to nothing.
  public static final StreamListener IGNORED = new Ignored();

  public final List<FlowEnd> ends = new CopyOnWriteArrayList<>();
  public final List<UdpFlow> flows = new CopyOnWriteArrayList<>();
  public final List<RequestHead> heads = new CopyOnWriteArrayList<>();
  public final List<ServerStream> others = new CopyOnWriteArrayList<>();

  @Override
  public StreamListener request(ServerStream stream, RequestHead head) {
    heads.add(head);
    if (!head.isConnectUdp()) {
      others.add(stream);
      stream.refuseDatagrams();
      stream.respond(new ResponseHead(404, FieldLines.EMPTY), false);
      return IGNORED;
    }
    stream.respond(ResponseHead.tunnel(FieldLines.EMPTY), false);
    var echo = new Echo();
    var flow = new UdpFlow(stream, echo, new FlowCounters());
    echo.flow = flow;
    flows.add(flow);
    flow.open();
    return flow;
  }

  private final class Echo implements UdpFlowHandler {
    @SuppressWarnings("NullAway.Init")
    private UdpFlow flow;

    @Override
    public void payload(ByteBuf payload) {
      flow.send(payload);
    }

    @Override
    public void payloadsRead() {
      flow.flush();
    }

    @Override
    public void ended(FlowEnd end) {
      ends.add(end);
    }
  }

  private static final class Ignored implements StreamListener {
    @Override
    public void data(ByteBuf bytes) {}

    @Override
    public void finished() {}

    @Override
    public void aborted(long code) {}

    @Override
    public void closed() {}
  }
}
