package org.vexor.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.PortSetting;

/// A channel's options. Buffer sizes and address reuse are the port's from its opening on and so
/// must be set before `bind`; the others may change at any time. What the backend does not have is
/// refused with an exception that says so, at once or, when set before, at `bind`.
///
/// `RCVBUF_ALLOCATOR` decides how many messages a turn delivers; the size of buffers is the
/// engine's, whose frames they are.
public final class PacketChannelConfig extends DefaultChannelConfig
    implements DatagramChannelConfig {
  /// Whether an [UndeliveredDatagram] event tells of each datagram that found a closed port.
  public static final ChannelOption<Boolean> REPORT_UNDELIVERED =
      ChannelOption.valueOf(PacketChannelConfig.class, "REPORT_UNDELIVERED");

  /// Whether no datagram may be fragmented; see [PortSetting#UNFRAGMENTED].
  public static final ChannelOption<Boolean> UNFRAGMENTED =
      ChannelOption.valueOf(PacketChannelConfig.class, "UNFRAGMENTED");

  private static final PortOptions DEFAULTS = PortOptions.bind(Endpoint.loopback(0));

  private record Option(Supplier<@Nullable Object> get, Consumer<Object> set) {}

  private final PacketDatagramChannel socket;
  private final Map<ChannelOption<?>, Option> options = new HashMap<>();
  private final Map<PortSetting, Integer> settings = new EnumMap<>(PortSetting.class);
  private volatile int receiveBufferBytes = DEFAULTS.receiveBufferBytes();
  private volatile int sendBufferBytes = DEFAULTS.sendBufferBytes();
  private volatile boolean reuseAddress;
  private volatile boolean reusePort;
  private volatile boolean activeOnRegistration;
  private volatile @Nullable NetworkInterface networkInterface;

  @SuppressWarnings({"deprecation", "this-escape"}) // The option has no successor.
  PacketChannelConfig(PacketDatagramChannel channel) {
    super(channel, new FixedRecvByteBufAllocator(2048));
    socket = channel;
    option(ChannelOption.SO_BROADCAST, this::isBroadcast, this::setBroadcast);
    option(ChannelOption.SO_RCVBUF, this::getReceiveBufferSize, this::setReceiveBufferSize);
    option(ChannelOption.SO_SNDBUF, this::getSendBufferSize, this::setSendBufferSize);
    option(ChannelOption.SO_REUSEADDR, this::isReuseAddress, this::setReuseAddress);
    option(UnixChannelOption.SO_REUSEPORT, this::isReusePort, this::setReusePort);
    option(ChannelOption.IP_TOS, this::getTrafficClass, this::setTrafficClass);
    option(ChannelOption.IP_MULTICAST_ADDR, this::getInterface, this::setInterface);
    option(ChannelOption.IP_MULTICAST_IF, this::getNetworkInterface, this::setNetworkInterface);
    option(ChannelOption.IP_MULTICAST_TTL, this::getTimeToLive, this::setTimeToLive);
    option(REPORT_UNDELIVERED, this::reportsUndelivered, this::reportUndelivered);
    option(
        UNFRAGMENTED,
        () -> get(PortSetting.UNFRAGMENTED, 0) != 0,
        on -> set(PortSetting.UNFRAGMENTED, on ? 1 : 0));
    option(
        ChannelOption.IP_MULTICAST_LOOP_DISABLED,
        this::isLoopbackModeDisabled,
        this::setLoopbackModeDisabled);
    option(
        ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION,
        this::isActiveOnRegistration,
        this::setActiveOnRegistration);
  }

  @SuppressWarnings("unchecked") // Each option carries values of its own type only.
  private <T> void option(
      ChannelOption<T> option, Supplier<? extends @Nullable T> get, Consumer<T> set) {
    options.put(option, new Option(get::get, value -> set.accept((T) value)));
  }

  /// How the port is to be opened.
  PortOptions portOptions(Endpoint at) {
    return new PortOptions(at, receiveBufferBytes, sendBufferBytes, reusePort, reuseAddress);
  }

  /// Gives a fresh port what was set before it was there.
  ///
  /// @throws PortException when its backend does not have one of them, or the system refuses it
  synchronized void apply(PacketPort port) {
    settings.forEach(
        (setting, value) -> {
          if (!port.set(setting, value)) {
            throw new PortException(refusal(port, setting));
          }
        });
  }

  private static String refusal(PacketPort port, PortSetting setting) {
    return "port " + port.localEndpoint() + " has no setting " + setting + " on its backend";
  }

  private synchronized void set(PortSetting setting, int value) {
    socket
        .port()
        .ifPresent(
            port -> {
              try {
                if (!port.set(setting, value)) {
                  throw new ChannelException(refusal(port, setting));
                }
              } catch (PortException e) {
                throw new ChannelException(e.getMessage(), e);
              }
            });
    settings.put(setting, value);
  }

  private synchronized int get(PortSetting setting, int otherwise) {
    return settings.getOrDefault(setting, otherwise);
  }

  private void beforeBind(String option) {
    if (socket.port().isPresent()) {
      throw new ChannelException(option + " takes effect when the port is opened: set it earlier");
    }
  }

  private boolean reportsUndelivered() {
    return get(PortSetting.REPORT_UNDELIVERED, 0) != 0;
  }

  private void reportUndelivered(boolean on) {
    set(PortSetting.REPORT_UNDELIVERED, on ? 1 : 0);
  }

  @Override
  public Map<ChannelOption<?>, Object> getOptions() {
    return getOptions(
        super.getOptions(), options.keySet().toArray(new ChannelOption<?>[options.size()]));
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // Netty's contract: null when it is not set.
  public <T> T getOption(ChannelOption<T> option) {
    Option known = options.get(option);
    return known == null ? super.getOption(option) : (T) known.get().get();
  }

  @Override
  public <T> boolean setOption(ChannelOption<T> option, T value) {
    Option known = options.get(option);
    if (known == null) {
      return super.setOption(option, value);
    }
    validate(option, value);
    known.set().accept(value);
    return true;
  }

  boolean isActiveOnRegistration() {
    return activeOnRegistration;
  }

  private void setActiveOnRegistration(boolean active) {
    if (channel.isRegistered()) {
      throw new IllegalStateException("can only be changed before the channel is registered");
    }
    activeOnRegistration = active;
  }

  /// Whether several ports share the number, each with a part of the flows (SO_REUSEPORT).
  public boolean isReusePort() {
    return reusePort;
  }

  /// Lets one channel on each event loop share the number.
  public PacketChannelConfig setReusePort(boolean reuse) {
    beforeBind("SO_REUSEPORT");
    reusePort = reuse;
    return this;
  }

  @Override
  public int getSendBufferSize() {
    return sendBufferBytes;
  }

  @Override
  public PacketChannelConfig setSendBufferSize(int bytes) {
    beforeBind("SO_SNDBUF");
    sendBufferBytes = bytes;
    return this;
  }

  @Override
  public int getReceiveBufferSize() {
    return receiveBufferBytes;
  }

  @Override
  public PacketChannelConfig setReceiveBufferSize(int bytes) {
    beforeBind("SO_RCVBUF");
    receiveBufferBytes = bytes;
    return this;
  }

  @Override
  public int getTrafficClass() {
    return get(PortSetting.TRAFFIC_CLASS, 0);
  }

  @Override
  public PacketChannelConfig setTrafficClass(int trafficClass) {
    set(PortSetting.TRAFFIC_CLASS, trafficClass);
    return this;
  }

  @Override
  public boolean isReuseAddress() {
    return reuseAddress;
  }

  @Override
  public PacketChannelConfig setReuseAddress(boolean reuse) {
    beforeBind("SO_REUSEADDR");
    reuseAddress = reuse;
    return this;
  }

  @Override
  public boolean isBroadcast() {
    return get(PortSetting.BROADCAST, 0) != 0;
  }

  @Override
  public PacketChannelConfig setBroadcast(boolean broadcast) {
    if (broadcast != isBroadcast()) {
      set(PortSetting.BROADCAST, broadcast ? 1 : 0);
    }
    return this;
  }

  @Override
  public boolean isLoopbackModeDisabled() {
    return get(PortSetting.MULTICAST_LOOPBACK, 1) == 0;
  }

  @Override
  public PacketChannelConfig setLoopbackModeDisabled(boolean disabled) {
    set(PortSetting.MULTICAST_LOOPBACK, disabled ? 0 : 1);
    return this;
  }

  @Override
  public int getTimeToLive() {
    return get(PortSetting.MULTICAST_HOPS, 1);
  }

  @Override
  public PacketChannelConfig setTimeToLive(int hops) {
    set(PortSetting.MULTICAST_HOPS, hops);
    return this;
  }

  @Override
  public @Nullable InetAddress getInterface() {
    NetworkInterface chosen = networkInterface;
    return chosen == null ? null : chosen.inetAddresses().findFirst().orElse(null);
  }

  @Override
  public PacketChannelConfig setInterface(InetAddress address) {
    try {
      NetworkInterface named = NetworkInterface.getByInetAddress(address);
      if (named == null) {
        throw new ChannelException("no interface of this host has the address " + address);
      }
      return setNetworkInterface(named);
    } catch (SocketException e) {
      throw new ChannelException(e);
    }
  }

  @Override
  public @Nullable NetworkInterface getNetworkInterface() {
    return networkInterface;
  }

  @Override
  public PacketChannelConfig setNetworkInterface(NetworkInterface chosen) {
    set(PortSetting.MULTICAST_INTERFACE, chosen.getIndex());
    networkInterface = chosen;
    return this;
  }

  @Override
  protected void autoReadCleared() {
    socket.stopReading();
  }

  @Override
  @Deprecated
  public PacketChannelConfig setMaxMessagesPerRead(int messages) {
    super.setMaxMessagesPerRead(messages);
    return this;
  }

  @Override
  public PacketChannelConfig setWriteSpinCount(int count) {
    super.setWriteSpinCount(count);
    return this;
  }

  @Override
  public PacketChannelConfig setConnectTimeoutMillis(int millis) {
    super.setConnectTimeoutMillis(millis);
    return this;
  }

  @Override
  public PacketChannelConfig setAllocator(ByteBufAllocator allocator) {
    super.setAllocator(allocator);
    return this;
  }

  @Override
  public PacketChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
    super.setRecvByteBufAllocator(allocator);
    return this;
  }

  @Override
  public PacketChannelConfig setAutoRead(boolean autoRead) {
    super.setAutoRead(autoRead);
    return this;
  }

  @Override
  public PacketChannelConfig setAutoClose(boolean autoClose) {
    super.setAutoClose(autoClose);
    return this;
  }

  @Override
  public PacketChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
    super.setMessageSizeEstimator(estimator);
    return this;
  }

  @Override
  public PacketChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark mark) {
    super.setWriteBufferWaterMark(mark);
    return this;
  }
}
