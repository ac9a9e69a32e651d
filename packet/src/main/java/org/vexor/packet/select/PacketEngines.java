package org.vexor.packet.select;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.socket.SocketEngine;

/// Where a program gets its engine.
public final class PacketEngines {
  private PacketEngines() {}

  private static Ladder ladder() {
    List<Candidate> candidates = new ArrayList<>(onKernelSockets(UnaryOperator.identity()));
    candidates.add(new SocketCandidates.Channel());
    return new Ladder(candidates);
  }

  private static List<Candidate> onKernelSockets(UnaryOperator<SocketEngine> wrapping) {
    var uring = new SocketCandidates.Uring(wrapping);
    var batch = new SocketCandidates.Batch(wrapping);
    return List.of(new XdpCandidate(List.of(uring, batch)), uring, batch);
  }

  /// Opens an engine as `selection` says: the best one that opens, or the one that is asked for.
  /// What was tried before it, with its outcome and remedy, is in its report.
  ///
  /// Set-up takes some round trips to the kernel; the engine may be handed to another thread.
  ///
  /// @throws org.vexor.packet.PortException when the backend asked for does not work here
  public static PacketEngine open(Selection selection) {
    return ladder().open(selection);
  }

  /// As [#open(Selection)], with the engine on kernel sockets, alone or within that of AF_XDP,
  /// replaced by what `wrapping` makes of it. Linux only: the JDK's own sockets are not tried.
  ///
  /// @param wrapping called for each attempt; what it gave last is in use
  /// @throws org.vexor.packet.PortException when the backend asked for does not work here
  public static PacketEngine open(Selection selection, UnaryOperator<SocketEngine> wrapping) {
    return new Ladder(onKernelSockets(wrapping)).open(selection);
  }

  /// What [#open] would find now, best first; the first [Prospect.Open] is what would be used.
  /// Opens nothing that others could notice.
  public static List<Prospect> prospects(Selection selection) {
    return ladder().prospects(selection);
  }

  /// Says that the host still answers: an engine that was opened with a time for confirmation stays
  /// on AF_XDP. Any thread; nothing happens to engines that wait for none.
  public static void confirm(PacketEngine engine) {
    if (engine instanceof SelectedEngine selected) {
      selected.confirm();
    }
  }

  /// The best engine for packets that stay on this host: sockets, in batches where there are such.
  public static PacketEngine local(EngineOptions options) {
    return open(
        Selection.automatic(Endpoint.loopback(0)).withWanted(Wanted.UDP).withEngine(options));
  }
}
