package org.vexor.node.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Asks a running node of this user how it is.
public final class StatusClient {
  private static final long PATIENCE_NS = 5_000_000_000L;

  /// A document is some thousand bytes.
  private static final int MOST_BYTES = 1 << 20;

  private StatusClient() {}

  /// The socket of the one node of this user that runs.
  ///
  /// @throws StatusException when none runs, or several do
  public static Path find() throws StatusException {
    return find(StatusFolder.ofThisUser());
  }

  static Path find(StatusFolder folder) throws StatusException {
    List<Path> alive = folder.alive();
    if (alive.isEmpty()) {
      throw new StatusException(
          "no node of this user is running (no socket in "
              + folder.path()
              + "); start one with 'vexor run', or name its socket with --socket");
    }
    if (alive.size() > 1) {
      throw new StatusException(
          "several nodes of this user are running; choose one with --socket: "
              + alive.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }
    return alive.getFirst();
  }

  /// What the node behind a socket answers.
  ///
  /// @throws StatusException when nobody answers, or not within five seconds
  public static JsonNode ask(Path socket) throws StatusException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      byte[] answer = read(channel, socket);
      return new ObjectMapper().readTree(new String(answer, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new StatusException("what answers at " + socket + " is no node of this version", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new StatusException(
          "no node answers at " + socket + ": " + e.getMessage() + "; is it running?", e);
    }
  }

  private static byte[] read(SocketChannel channel, Path socket)
      throws IOException, StatusException {
    ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
    long deadlineNs = System.nanoTime() + PATIENCE_NS;
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      while (channel.read(buffer) >= 0) {
        long leftNs = deadlineNs - System.nanoTime();
        if (leftNs <= 0 || !buffer.hasRemaining()) {
          throw new StatusException(
              "the node at " + socket + " did not answer in time; it may be overloaded");
        }
        selector.select(Math.max(1, leftNs / 1_000_000));
        selector.selectedKeys().clear();
      }
    }
    if (buffer.position() == 0) {
      throw new StatusException(
          "the node at " + socket + " hung up: only the user that runs it may ask");
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
