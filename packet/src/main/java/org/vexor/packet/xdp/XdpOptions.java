package org.vexor.packet.xdp;

import java.util.List;
import org.vexor.packet.xdp.device.DeviceMode;

/// How an [XdpEngine] uses an interface.
///
/// @param networkInterface its name in the network namespace of the opening thread
/// @param mode which mode; AUTO takes what is known to be safe
/// @param queues receive queues that this engine drives, by number; it sends by the first
/// @param receiveEntries packets that can wait on the ring of each queue; a power of two
/// @param fillEntries frames that can wait for packets on each queue; a power of two, at least
///   `receiveEntries`
/// @param transmitEntries packets that can wait to be sent; a power of two
/// @param busyPollMicros how long the kernel polls the NIC within a call of ours (needs
///   CAP_NET_ADMIN); 0 for not
/// @param confirmSeconds the program detaches itself after so long unless [XdpEngine#confirm()] was
///   called: for the first run on a machine that one could lock oneself out of; 0 for not
public record XdpOptions(
    String networkInterface,
    DeviceMode mode,
    List<Integer> queues,
    int receiveEntries,
    int fillEntries,
    int transmitEntries,
    int busyPollMicros,
    int confirmSeconds) {

  /// A burst of 4096 packets is 40 ms of 100,000 shreds a second; as many as the default frames.
  private static final int ENTRIES = 4096;

  private static final int TRANSMIT_ENTRIES = 2048;

  public XdpOptions {
    queues = List.copyOf(queues);
    if (queues.isEmpty() || queues.stream().distinct().count() != queues.size()) {
      throw new IllegalArgumentException("an engine drives one queue or several, not " + queues);
    }
    power("receiveEntries", receiveEntries);
    power("fillEntries", fillEntries);
    power("transmitEntries", transmitEntries);
    if (fillEntries < receiveEntries) {
      throw new IllegalArgumentException(
          "fillEntries %d must be no fewer than receiveEntries %d"
              .formatted(fillEntries, receiveEntries));
    }
    if (busyPollMicros < 0 || confirmSeconds < 0) {
      throw new IllegalArgumentException(
          "times must not be negative: busyPollMicros %d, confirmSeconds %d"
              .formatted(busyPollMicros, confirmSeconds));
    }
  }

  /// Defaults on the first queue of an interface.
  public static XdpOptions on(String networkInterface) {
    return new XdpOptions(
        networkInterface,
        DeviceMode.AUTO,
        List.of(0),
        ENTRIES,
        2 * ENTRIES,
        TRANSMIT_ENTRIES,
        0,
        0);
  }

  public XdpOptions withMode(DeviceMode other) {
    return new XdpOptions(
        networkInterface,
        other,
        queues,
        receiveEntries,
        fillEntries,
        transmitEntries,
        busyPollMicros,
        confirmSeconds);
  }

  public XdpOptions withQueues(List<Integer> others) {
    return new XdpOptions(
        networkInterface,
        mode,
        others,
        receiveEntries,
        fillEntries,
        transmitEntries,
        busyPollMicros,
        confirmSeconds);
  }

  public XdpOptions withRings(int receive, int fill, int transmit) {
    return new XdpOptions(
        networkInterface, mode, queues, receive, fill, transmit, busyPollMicros, confirmSeconds);
  }

  public XdpOptions withBusyPoll(int micros) {
    return new XdpOptions(
        networkInterface,
        mode,
        queues,
        receiveEntries,
        fillEntries,
        transmitEntries,
        micros,
        confirmSeconds);
  }

  public XdpOptions withConfirmation(int seconds) {
    return new XdpOptions(
        networkInterface,
        mode,
        queues,
        receiveEntries,
        fillEntries,
        transmitEntries,
        busyPollMicros,
        seconds);
  }

  private static void power(String name, int value) {
    if (value < 1 || Integer.bitCount(value) != 1) {
      throw new IllegalArgumentException(name + " must be a power of two, not " + value);
    }
  }
}
