package org.vexor.bench.netty;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.vexor.netty.PacketDatagramChannel;

/// Sends every datagram back, as any Netty program would: a handler and nothing else.
///
/// `EchoServer TRANSPORT INTERFACE ADDRESS PORT WARM-UP SECONDS`: both times begin with the first
/// datagram; then it prints one JSON line, and goes on until it is ended.
public final class EchoServer {
  private final Meter meter;

  private EchoServer(Meter meter) {
    this.meter = meter;
  }

  /// Runs one measurement.
  public static void main(String[] arguments) throws Exception {
    var transport = Transport.of(arguments[0], arguments[1]);
    var meter =
        new Meter(transport.name(), Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
    new EchoServer(meter).run(transport, arguments[2], Integer.parseInt(arguments[3]));
  }

  private void run(Transport transport, String address, int port) throws Exception {
    Channel channel =
        transport.bootstrap().handler(new Echo(meter)).bind(address, port).sync().channel();
    System.out.println("ready");
    meter.await();
    if (channel instanceof PacketDatagramChannel ours) {
      System.err.println(ours.report().map(Object::toString).orElse(""));
    }
    channel.closeFuture().sync();
  }

  /// The program that is measured.
  private static final class Echo extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Meter meter;

    private Echo(Meter meter) {
      this.meter = meter;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      meter.count();
      var answer = new DatagramPacket(packet.content().retain(), packet.sender());
      Object _ = context.write(answer, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
      meter.look();
    }
  }

  /// What the event loop did. Its thread's, but for [#await].
  private static final class Meter {
    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final String name;
    private final long warmUpNs;
    private final long measuredNs;
    private long firstNs;
    private long beganNs;
    private long count;
    private long countBefore;
    private long processNs;
    private long threadNs;
    private long allocated;

    private Meter(String name, int warmUpSeconds, int seconds) {
      this.name = name;
      warmUpNs = TimeUnit.SECONDS.toNanos(warmUpSeconds);
      measuredNs = TimeUnit.SECONDS.toNanos(seconds);
    }

    private void count() {
      count++;
    }

    private void look() {
      long nowNs = System.nanoTime();
      if (firstNs == 0) {
        firstNs = nowNs;
      } else if (beganNs == 0) {
        if (nowNs - firstNs >= warmUpNs) {
          processNs = system.getProcessCpuTime();
          threadNs = threads.getCurrentThreadCpuTime();
          allocated = threads.getCurrentThreadAllocatedBytes();
          countBefore = count;
          beganNs = System.nanoTime();
        }
      } else if (nowNs - beganNs >= measuredNs && done.getCount() > 0) {
        print(nowNs - beganNs);
        done.countDown();
      }
    }

    private void print(long tookNs) {
      long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
      double each = count - countBefore;
      System.out.printf(
          Locale.ROOT,
          "{\"transport\":\"%s\",\"echoes\":%.0f,\"per_second\":%.0f,\"loop_ns\":%.1f,"
              + "\"process_ns\":%.1f,\"allocated\":%.3f}%n",
          name,
          each,
          each * 1e9 / tookNs,
          (threads.getCurrentThreadCpuTime() - threadNs) / each,
          (system.getProcessCpuTime() - processNs) / each,
          bytes / each);
    }

    private void await() throws InterruptedException {
      done.await();
    }
  }
}
