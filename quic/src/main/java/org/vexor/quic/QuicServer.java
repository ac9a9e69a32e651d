package org.vexor.quic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicCodecDispatcher;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.vexor.quic.admission.AdmissionControl;
import org.vexor.quic.admission.AdmissionGate;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.PeerIdentity;
import org.vexor.quic.tls.TlsContext;
import org.vexor.quic.tls.TlsOptions;

/// Accepts connections on one address.
///
/// On several cores it binds one channel an event loop, all to the same port (the transport's
/// options must allow that: `SO_REUSEPORT`). Connection ids carry the number of their channel, so
/// that a packet finds its connection whichever channel the kernel gave it to, even after the
/// client moved.
public final class QuicServer extends QuicEndpoint {
  private static final int CONNECTION_ID_BYTES = 20;

  private final EndpointOptions options;
  private final TlsContext tls;
  private final Application application;
  private final AdmissionControl admission;
  private final AdmissionGate.Maker gates;
  private final ChannelSet channels;

  private QuicServer(
      DatagramTransport transport,
      InetSocketAddress local,
      int channelCount,
      TlsOptions tls,
      EndpointOptions options,
      ConnectionLimits limits,
      Application application) {
    super(transport);
    this.options = options;
    this.tls = TlsContext.server(tls);
    this.application = application;
    this.admission = new AdmissionControl(limits, System::nanoTime);
    this.gates = new AdmissionGate.Maker(admission, new SecureRandom(), System::currentTimeMillis);
    var dispatcher = new Dispatcher();
    this.channels =
        ChannelSet.bind(
            transport,
            local,
            channelCount,
            true,
            () -> channelCount > 1 ? dispatcher : new SingleChannel());
  }

  /// Binds the port and accepts from now on.
  ///
  /// @param channelCount event loops to spread connections over
  /// @param application must serve the connections of all event loops
  /// @throws IllegalStateException when the address cannot be bound
  public static QuicServer bind(
      DatagramTransport transport,
      InetSocketAddress local,
      int channelCount,
      TlsOptions tls,
      EndpointOptions options,
      ConnectionLimits limits,
      Application application) {
    return new QuicServer(transport, local, channelCount, tls, options, limits, application);
  }

  /// @param ids makes another one each time. Netty's default signs the first id of a connection, so
  ///   that all further ones are the same one: it is never done with handing them out, and makes
  ///   them again, with a dozen hashes, for every packet received
  private void addCodec(Channel channel, QuicConnectionIdGenerator ids) {
    AdmissionGate gate = gates.gate(CONNECTION_ID_BYTES);
    var pass = new ReceivePass();
    QuicServerCodecBuilder builder =
        Codecs.server(options)
            .localConnectionIdLength(CONNECTION_ID_BYTES)
            .tokenHandler(gate)
            .sslEngineProvider(connection -> tls.accept(connection.alloc()))
            .connectionIdAddressGenerator(ids)
            .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, transport().segments())
            .handler(new Acceptor(gate, pass));
    options
        .qlogFolder()
        .ifPresent(folder -> builder.option(QuicChannelOption.QLOG, Codecs.qlog(folder)));
    channel.pipeline().addLast(pass, builder.build());
  }

  private final class SingleChannel extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      addCodec(channel, QuicConnectionIdGenerator.randomGenerator());
    }
  }

  private final class Dispatcher extends QuicCodecDispatcher {
    private Dispatcher() {
      super(CONNECTION_ID_BYTES);
    }

    @Override
    protected void initChannel(
        Channel channel, int connectionIdBytes, QuicConnectionIdGenerator ids) {
      addCodec(channel, ids);
    }
  }

  /// Sets up the connections of one channel.
  @ChannelHandler.Sharable
  private final class Acceptor extends ChannelInitializer<QuicChannel> {
    private final AdmissionGate gate;
    private final ReceivePass pass;

    private Acceptor(AdmissionGate gate, ReceivePass pass) {
      this.gate = gate;
      this.pass = pass;
    }

    @Override
    protected void initChannel(QuicChannel channel) {
      AdmissionControl.Ticket ticket =
          gate.claim().orElseThrow(() -> new IllegalStateException("a connection nobody let in"));
      var remote = (InetSocketAddress) channel.remoteSocketAddress();
      var connection = new QuicConnection(channel, false, remote, pass, options);
      counters().addStarted();
      var place = new Place(connection, ticket);
      ConnectionSetup.add(connection, application, place);
      long timeoutNs = admission.limits().handshakeTimeout().toNanos();
      var _ = channel.eventLoop().schedule(place::expire, timeoutNs, TimeUnit.NANOSECONDS);
    }
  }

  /// One accepted connection in the accounts.
  private final class Place implements ConnectionDriver.Guard {
    private final QuicConnection connection;
    private final AdmissionControl.Ticket ticket;
    private boolean decided;

    private Place(QuicConnection connection, AdmissionControl.Ticket ticket) {
      this.connection = connection;
      this.ticket = ticket;
    }

    @Override
    public Optional<PeerIdentity> verify(SSLEngine engine) {
      return tls.verify(engine);
    }

    @Override
    public boolean establish() {
      decided = true;
      boolean room = ticket.establish();
      if (room) {
        counters().addEstablished();
      }
      return room;
    }

    private void expire() {
      if (!decided) {
        ticket.giveBackTimedOut();
        connection.closeAs(
            false, 0, new CloseReason(CloseReason.Kind.HANDSHAKE_TIMEOUT, 0, "handshake too slow"));
      }
    }

    @Override
    public void over(CloseReason reason) {
      decided = true;
      ticket.giveBack();
      counters().addEnded(reason.kind());
    }
  }

  /// Whom it let in, and why not the others.
  public AdmissionControl admission() {
    return admission;
  }

  /// Where it accepts.
  public InetSocketAddress localAddress() {
    return localAddresses().getFirst();
  }

  @Override
  ChannelSet channels() {
    return channels;
  }
}
