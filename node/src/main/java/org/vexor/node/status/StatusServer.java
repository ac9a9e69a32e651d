package org.vexor.node.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;

/// Answers whoever connects to a Unix socket, if it is this process's own user, with a document,
/// and hangs up: a connection is the question. On a thread of its own, one at a time, each for at
/// most a second, so that nobody can hold it up or fill its memory.
public final class StatusServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StatusServer.class.getName());

  /// Whoever does not read so long is hung up on.
  private static final long PATIENCE_NS = 1_000_000_000L;

  private final Path socket;
  private final ServerSocketChannel server;
  private final Supplier<String> document;
  private final LongSupplier clockNs;
  private final Thread thread;

  private StatusServer(
      Path socket, ServerSocketChannel server, Supplier<String> document, LongSupplier clockNs) {
    this.socket = socket;
    this.server = server;
    this.document = document;
    this.clockNs = clockNs;
    thread = Thread.ofPlatform().daemon().name("vexor-status").unstarted(this::serve);
  }

  /// Listens in the folder of this user, under the number of this process.
  ///
  /// @param document what it answers; called on the server's thread for each connection
  /// @throws StatusException when there is no safe place for the socket
  public static StatusServer start(Supplier<String> document) throws StatusException {
    StatusFolder folder = StatusFolder.ofThisUser();
    folder.prepare();
    folder.alive(); // removes what dead processes left
    return start(folder.socket(ProcessHandle.current().pid()), document);
  }

  /// Listens at a path, whose folder only this user can enter.
  ///
  /// @throws StatusException when others can enter the folder, or the socket cannot be made
  public static StatusServer start(Path socket, Supplier<String> document) throws StatusException {
    Path folder = socket.toAbsolutePath().getParent();
    StatusFolder.requirePrivate(folder == null ? Path.of("/") : folder);
    try {
      // Another process of the same number is dead, as this one is alive.
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(socket), 4);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      } catch (IOException | RuntimeException e) {
        server.close();
        throw e;
      }
      var started = new StatusServer(socket, server, document, System::nanoTime);
      started.thread.start();
      return started;
    } catch (IOException | RuntimeException e) {
      throw new StatusException("status socket " + socket + " cannot be made: " + e, e);
    }
  }

  /// Where it listens.
  public Path socket() {
    return socket;
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        if (isOwner(client)) {
          answer(client);
        }
      } catch (AsynchronousCloseException e) {
        return; // closed by close()
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException e) {
        // Who asked has gone, or a component failed to say how it is; the next one is served.
        LOG.log(System.Logger.Level.WARNING, "a status request failed: " + e);
      }
    }
  }

  /// The folder keeps others out; the kernel says once more who it is.
  private boolean isOwner(SocketChannel client) throws IOException {
    if (!client.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      return true;
    }
    var peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED);
    return peer.user().equals(Files.getOwner(socket));
  }

  private void answer(SocketChannel client) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((document.get() + "\n").getBytes(StandardCharsets.UTF_8));
    client.configureBlocking(false);
    long deadlineNs = clockNs.getAsLong() + PATIENCE_NS;
    try (Selector selector = Selector.open()) {
      client.register(selector, SelectionKey.OP_WRITE);
      while (bytes.hasRemaining()) {
        long leftNs = deadlineNs - clockNs.getAsLong();
        if (leftNs <= 0) {
          return;
        }
        if (client.write(bytes) == 0) {
          selector.select(Math.max(1, leftNs / 1_000_000));
          selector.selectedKeys().clear();
        }
      }
    }
  }

  /// Ends it and removes the socket.
  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
      thread.join(2 * PATIENCE_NS / 1_000_000);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "status socket " + socket + " is left behind: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
