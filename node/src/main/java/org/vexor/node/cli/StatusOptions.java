package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vexor.node.status.Components;
import org.vexor.node.status.StatusDocument;
import org.vexor.node.status.StatusException;
import org.vexor.node.status.StatusServer;
import org.vexor.packet.report.EngineStatus;
import picocli.CommandLine.Option;

/// Where a running node can be asked how it is.
final class StatusOptions {
  private static final String NONE = "none";

  @Option(
      names = "--status-socket",
      paramLabel = "PATH",
      description =
          "Unix socket that 'vexor status' asks, in a folder that only you can enter, or none"
              + " (default: PID.sock in /run/vexor, $XDG_RUNTIME_DIR/vexor or /tmp/vexor-UID)")
  private @Nullable String socket;

  /// Nothing to close, or the server.
  interface Served extends AutoCloseable {
    @Override
    void close();
  }

  /// Starts to answer. A node that cannot be asked runs all the same, and says so.
  Served serve(Components components, Supplier<EngineStatus> engine, PrintWriter messages) {
    if (NONE.equals(socket)) {
      return () -> {};
    }
    try {
      var document = new StatusDocument(BuildVersion.version(), components, engine);
      Optional<Path> path = Optional.ofNullable(socket).map(Path::of);
      StatusServer server =
          path.isPresent()
              ? StatusServer.start(path.get(), document)
              : StatusServer.start(document);
      return server::close;
    } catch (StatusException | IOException e) {
      messages.println("'vexor status' cannot ask this node: " + e.getMessage());
      return () -> {};
    }
  }
}
