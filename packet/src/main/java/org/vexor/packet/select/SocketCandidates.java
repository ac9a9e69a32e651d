package org.vexor.packet.select;

import java.time.Clock;
import java.util.List;
import org.vexor.packet.Backend;
import org.vexor.packet.PortException;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.channel.ChannelEngine;

/// The backends on kernel sockets that need no privilege.
final class SocketCandidates {
  private SocketCandidates() {}

  /// recvmmsg and sendmmsg.
  static final class Batch implements Candidate {
    @Override
    public Backend backend() {
      return Backend.UDP;
    }

    @Override
    public Prospect prospect(Selection selection) {
      return isLinux()
          ? new Prospect.Open(Backend.UDP, "recvmmsg/sendmmsg")
          : new Prospect.Closed(Backend.UDP, "recvmmsg and sendmmsg need Linux", "");
    }

    @Override
    public Opened open(Selection selection) {
      return new Opened(new BatchEngine(selection.engine()));
    }
  }

  /// The JDK's own sockets, on every system.
  static final class Channel implements Candidate {
    @Override
    public Backend backend() {
      return Backend.UDP;
    }

    @Override
    public Prospect prospect(Selection selection) {
      return new Prospect.Open(Backend.UDP, "DatagramChannel");
    }

    @Override
    public Opened open(Selection selection) {
      return new Opened(new ChannelEngine(selection.engine(), Clock.systemUTC(), List.of()));
    }
  }

  static boolean isLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  /// A refusal for the lack of Linux itself.
  static PortException needsLinux(String what) {
    return new PortException(
        what + " needs Linux, this is " + System.getProperty("os.name", "unknown"), "");
  }
}
