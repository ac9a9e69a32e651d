package org.vexor.linux.ethtool;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.vexor.linux.ethtool.EthtoolSocket.command;
import static org.vexor.linux.ethtool.EthtoolSocket.word;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;

/// One thing a driver has words for that can be read and set.
///
/// @param what its name in messages
/// @param layout of the words, the command first
/// @param read the command that reads it
/// @param set the command that sets it
/// @param decode makes it of the words
/// @param encode puts into the words what can be set
record DriverSetting<T>(
    String what,
    StructLayout layout,
    int read,
    int set,
    Function<MemorySegment, T> decode,
    BiConsumer<MemorySegment, T> encode) {
  static final DriverSetting<Channels> QUEUES = queues(EthtoolLayouts.CHANNELS);
  static final DriverSetting<Rings> RING_SIZES = ringSizes(EthtoolLayouts.RINGPARAM);

  private static DriverSetting<Channels> queues(StructLayout layout) {
    return new DriverSetting<>(
        "queues",
        layout,
        EthtoolLayouts.ETHTOOL_GCHANNELS,
        EthtoolLayouts.ETHTOOL_SCHANNELS,
        words ->
            new Channels(
                word(words, layout, "max_rx"),
                word(words, layout, "max_tx"),
                word(words, layout, "max_combined"),
                word(words, layout, "rx_count"),
                word(words, layout, "tx_count"),
                word(words, layout, "combined_count")),
        (words, wanted) -> {
          words.set(JAVA_INT, EthtoolLayouts.offset(layout, "rx_count"), wanted.receive());
          words.set(JAVA_INT, EthtoolLayouts.offset(layout, "tx_count"), wanted.transmit());
          words.set(JAVA_INT, EthtoolLayouts.offset(layout, "combined_count"), wanted.combined());
        });
  }

  private static DriverSetting<Rings> ringSizes(StructLayout layout) {
    return new DriverSetting<>(
        "ring sizes",
        layout,
        EthtoolLayouts.ETHTOOL_GRINGPARAM,
        EthtoolLayouts.ETHTOOL_SRINGPARAM,
        words ->
            new Rings(
                word(words, layout, "rx_max_pending"),
                word(words, layout, "tx_max_pending"),
                word(words, layout, "rx_pending"),
                word(words, layout, "tx_pending")),
        (words, wanted) -> {
          words.set(JAVA_INT, EthtoolLayouts.offset(layout, "rx_pending"), wanted.receive());
          words.set(JAVA_INT, EthtoolLayouts.offset(layout, "tx_pending"), wanted.transmit());
        });
  }

  /// What it is now; empty when the driver does not tell.
  Optional<T> of(EthtoolSocket socket, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = command(arena, layout.byteSize(), read);
      return socket.ask(arena, name, words, what)
          ? Optional.of(decode.apply(words))
          : Optional.empty();
    }
  }

  /// Sets it until the answer is closed.
  SettingChange<T> change(EthtoolSocket socket, String name, T wanted) {
    T before = of(socket, name).orElseThrow(() -> fixed(name));
    set(socket, name, wanted);
    return new SettingChange<>(before, former -> set(socket, name, former));
  }

  private void set(EthtoolSocket socket, String name, T wanted) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = command(arena, layout.byteSize(), read);
      // Read again first: what is not ours to change goes back as it is.
      if (!socket.ask(arena, name, words, what)) {
        throw fixed(name);
      }
      words.set(JAVA_INT, 0, set);
      encode.accept(words, wanted);
      socket.change(arena, name, words, "setting the " + what + " of " + name + " to " + wanted);
    }
  }

  private KernelException fixed(String name) {
    return new KernelException(
        "ioctl", Errno.EOPNOTSUPP, "changing the " + what + " of " + name, "the driver has none");
  }
}
