package org.vexor.packet.select;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.vexor.packet.Backend;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortException;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.packet.probe.Cause;
import org.vexor.packet.probe.Probe;
import org.vexor.packet.probe.Surroundings;
import org.vexor.packet.socket.SocketEngine;
import org.vexor.packet.uring.UringEngine;

/// The backends on kernel sockets that need no privilege.
final class SocketCandidates {
  static final String NEEDS_LINUX =
      "needs Linux, this is " + System.getProperty("os.name", "unknown");

  private SocketCandidates() {}

  /// One that another engine can be built around. What it opens is what its `wrapping` makes of it.
  interface OfSockets extends Candidate {
    /// Opens it as it is.
    ///
    /// @throws PortException as [#open]
    SocketEngine sockets(EngineOptions options);

    @Override
    default Opened open(Selection selection) {
      return new Opened(sockets(selection.engine()));
    }
  }

  /// io_uring, where kernel and surroundings have it.
  record Uring(UnaryOperator<SocketEngine> wrapping) implements OfSockets {
    @Override
    public Backend backend() {
      return Backend.IO_URING;
    }

    @Override
    public Prospect prospect(Selection selection) {
      if (!isLinux()) {
        return new Prospect.Closed(Backend.IO_URING, "io_uring " + NEEDS_LINUX, "");
      }
      return switch (Surroundings.here().uring().receive()) {
        case Probe.Supported(String how) -> new Prospect.Open(Backend.IO_URING, how);
        case Probe.Unsupported(Cause _, String why, String remedy) ->
            new Prospect.Closed(Backend.IO_URING, why, remedy);
        case Probe.Unknown(String why) -> new Prospect.Open(Backend.IO_URING, "not sure: " + why);
      };
    }

    @Override
    public SocketEngine sockets(EngineOptions options) {
      if (!isLinux()) {
        throw new PortException("io_uring " + NEEDS_LINUX, "");
      }
      Surroundings here = Surroundings.here();
      // Not even tried where a filter kills for it.
      refuse(here.uring().deadly());
      try {
        return wrapping.apply(new UringEngine(options));
      } catch (PortException e) {
        // The probe tells which of its many switches is off.
        if (here.uring().receive()
            instanceof Probe.Unsupported(Cause _, String why, String remedy)) {
          throw new PortException(why, remedy, e);
        }
        throw e;
      }
    }
  }

  /// recvmmsg and sendmmsg.
  record Batch(UnaryOperator<SocketEngine> wrapping) implements OfSockets {
    @Override
    public Backend backend() {
      return Backend.UDP;
    }

    @Override
    public Prospect prospect(Selection selection) {
      if (!isLinux()) {
        return new Prospect.Closed(Backend.UDP, "recvmmsg " + NEEDS_LINUX, "");
      }
      return switch (Surroundings.here().batches().move()) {
        case Probe.Supported(String how) -> new Prospect.Open(Backend.UDP, how);
        case Probe.Unsupported(Cause _, String why, String remedy) ->
            new Prospect.Closed(Backend.UDP, why, remedy);
        case Probe.Unknown(String why) -> new Prospect.Open(Backend.UDP, "not sure: " + why);
      };
    }

    @Override
    public SocketEngine sockets(EngineOptions options) {
      // Its calls are first made when a datagram is there: too late to choose another engine.
      if (isLinux()
          && Surroundings.here().batches().move()
              instanceof Probe.Unsupported(Cause _, String why, String remedy)) {
        throw new PortException(why, remedy);
      }
      return wrapping.apply(new BatchEngine(options));
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
      return new Prospect.Open(Backend.UDP, ChannelEngine.MODE);
    }

    @Override
    public Opened open(Selection selection) {
      return new Opened(new ChannelEngine(selection.engine(), Clock.systemUTC(), List.of()));
    }
  }

  /// @throws PortException when there is one
  static void refuse(Optional<Probe.Unsupported> obstacle) {
    if (obstacle.isPresent()) {
      throw new PortException(obstacle.get().why(), obstacle.get().remedy());
    }
  }

  static boolean isLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }
}
