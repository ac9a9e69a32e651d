package org.vexor.linux.ethtool;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.vexor.linux.ethtool.EthtoolSocket.command;
import static org.vexor.linux.ethtool.EthtoolSocket.word;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.List;
import java.util.Optional;
import org.vexor.linux.KernelException;

/// Asks drivers about interfaces of the network namespace in which it was opened.
///
/// Reading needs no privilege; an empty answer means that the driver does not tell. Every method
/// throws [KernelException] ENODEV when there is no such interface. Changing needs CAP_NET_ADMIN,
/// may reset the device, and is undone by closing what the method gave. Threading: any thread.
public final class Ethtool implements AutoCloseable {
  private final EthtoolSocket socket;

  private Ethtool(EthtoolSocket socket) {
    this.socket = socket;
  }

  /// Opens one in the calling thread's network namespace.
  ///
  /// @throws KernelException when no socket can be made
  public static Ethtool open() {
    return new Ethtool(new EthtoolSocket());
  }

  /// The driver.
  public Optional<DriverInfo> driver(String name) {
    try (Arena arena = Arena.ofConfined()) {
      StructLayout layout = EthtoolLayouts.DRVINFO;
      MemorySegment info = command(arena, layout.byteSize(), EthtoolLayouts.ETHTOOL_GDRVINFO);
      return socket.ask(arena, name, info, "driver")
          ? Optional.of(
              new DriverInfo(
                  info.getString(EthtoolLayouts.offset(layout, "driver")),
                  info.getString(EthtoolLayouts.offset(layout, "version")),
                  info.getString(EthtoolLayouts.offset(layout, "fw_version")),
                  info.getString(EthtoolLayouts.offset(layout, "bus_info"))))
          : Optional.empty();
    }
  }

  /// The queues.
  public Optional<Channels> channels(String name) {
    return DriverSetting.QUEUES.of(socket, name);
  }

  /// Sets how many queues are in use, until the answer is closed.
  ///
  /// @param wanted numbers in use; its limits are not looked at
  /// @throws KernelException EPERM without CAP_NET_ADMIN, EINVAL over the limits, EOPNOTSUPP when
  ///   the driver has fixed queues
  public SettingChange<Channels> changeChannels(String name, Channels wanted) {
    return DriverSetting.QUEUES.change(socket, name, wanted);
  }

  /// The ring sizes.
  public Optional<Rings> rings(String name) {
    return DriverSetting.RING_SIZES.of(socket, name);
  }

  /// Sets the ring sizes, until the answer is closed.
  ///
  /// @param wanted sizes; its limits are not looked at
  /// @throws KernelException EPERM without CAP_NET_ADMIN, EINVAL over the limits, EOPNOTSUPP when
  ///   the driver has none
  public SettingChange<Rings> changeRings(String name, Rings wanted) {
    return DriverSetting.RING_SIZES.change(socket, name, wanted);
  }

  /// The offloads and other features, in the kernel's order.
  public List<Offload> offloads(String name) {
    return OffloadTable.read(socket, name);
  }

  /// The queue of each slot of the receive-side scaling table; empty when the driver has none.
  public int[] indirection(String name) {
    try (Arena arena = Arena.ofConfined()) {
      StructLayout layout = EthtoolLayouts.RXFH_INDIR;
      MemorySegment head = command(arena, layout.byteSize(), EthtoolLayouts.ETHTOOL_GRXFHINDIR);
      if (!socket.ask(arena, name, head, "size of the RSS table")) {
        return new int[0];
      }
      int slots = word(head, layout, "size");
      MemorySegment table =
          command(arena, layout.byteSize() + 4L * slots, EthtoolLayouts.ETHTOOL_GRXFHINDIR);
      table.set(JAVA_INT, EthtoolLayouts.offset(layout, "size"), slots);
      return slots != 0 && socket.ask(arena, name, table, "RSS table")
          ? table.asSlice(layout.byteSize()).toArray(JAVA_INT)
          : new int[0];
    }
  }

  /// Closes the socket; harmless when called again. Changes stay in force and can no longer be
  /// undone: close them first.
  @Override
  public void close() {
    socket.close();
  }
}
