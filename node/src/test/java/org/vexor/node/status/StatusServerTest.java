package org.vexor.node.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusServerTest {
  @TempDir private Path temporary;

  private Path folder;

  @BeforeEach
  void makePrivate() throws Exception {
    folder = temporary.resolve("vexor");
    new StatusFolder(folder).prepare();
  }

  @Test
  void answersEachWhoConnects() throws Exception {
    var asked = new AtomicInteger();
    Path socket = folder.resolve("1.sock");
    try (var server =
        StatusServer.start(socket, () -> "{\"asked\":" + asked.incrementAndGet() + "}")) {
      for (int i = 1; i <= 3; i++) {
        assertEquals(i, StatusClient.ask(server.socket()).path("asked").asInt());
      }
      assertEquals("rw-------", permissions(socket));
    }
    assertFalse(Files.exists(socket));
    assertThrows(StatusException.class, () -> StatusClient.ask(socket));
  }

  /// Who connects and does not read is hung up on, and the next one is served.
  @Test
  void nobodyHoldsItUp() throws Exception {
    Path socket = folder.resolve("1.sock");
    String large = "{\"text\":\"" + "x".repeat(900_000) + "\"}";
    try (var server = StatusServer.start(socket, () -> large);
        var idle = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      assertTrue(idle.isConnected());
      assertEquals(900_000, StatusClient.ask(server.socket()).path("text").asText().length());
    }
  }

  @Test
  void aFailingComponentFailsOneRequestOnly() throws Exception {
    Path socket = folder.resolve("1.sock");
    var asked = new AtomicInteger();
    try (var server =
        StatusServer.start(
            socket,
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("no answer from a component");
              }
              return "{}";
            })) {
      assertThrows(StatusException.class, () -> StatusClient.ask(server.socket()));
      assertTrue(StatusClient.ask(server.socket()).isObject());
    }
  }

  @Test
  void refusesAFolderThatOthersCanEnter() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    StatusException refused =
        assertThrows(
            StatusException.class, () -> StatusServer.start(folder.resolve("1.sock"), () -> "{}"));
    assertTrue(String.valueOf(refused.getMessage()).contains("chmod 700"), refused::getMessage);
    assertThrows(StatusException.class, () -> new StatusFolder(folder).prepare());
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
    assertThrows(StatusException.class, () -> new StatusFolder(link).prepare());
  }

  @Test
  void findsTheOneThatRunsAndRemovesWhatDeadOnesLeft() throws Exception {
    var places = new StatusFolder(folder);
    String none = message(() -> StatusClient.find(places));
    assertTrue(none.contains("no node of this user is running"), none);
    Path dead = places.socket(999_999_999L); // above the kernel's largest process number
    leave(dead);
    Path alive = places.socket(ProcessHandle.current().pid());
    try (var server = StatusServer.start(alive, () -> "{}")) {
      assertEquals(server.socket(), StatusClient.find(places));
      assertFalse(Files.exists(dead));
      Path other = places.socket(1);
      leave(other);
      String several = message(() -> StatusClient.find(places));
      assertTrue(several.contains("--socket") && several.contains(other.toString()), several);
    }
  }

  /// A node that died without its last words, and whose number another process has now.
  @Test
  void replacesASocketThatNobodyListensOn() throws Exception {
    Path socket = folder.resolve("1.sock");
    leave(socket);
    try (var server = StatusServer.start(socket, () -> "{}")) {
      assertTrue(StatusClient.ask(server.socket()).isObject());
    }
  }

  @Test
  void thePlaceIsTheUsersOwn() {
    Path root = Path.of("/");
    assertEquals(Path.of("/run/vexor"), StatusFolder.place(0, Map.of(), root));
    assertEquals(Path.of("/tmp/vexor-1000"), StatusFolder.place(1000, Map.of(), root));
    assertEquals(
        Path.of("/run/user/1000/vexor"),
        StatusFolder.place(1000, Map.of("XDG_RUNTIME_DIR", "/run/user/1000"), root));
  }

  private static void leave(Path socket) throws Exception {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    server.close();
    assertTrue(Files.exists(socket));
  }

  private static String message(org.junit.jupiter.api.function.Executable fails) {
    return String.valueOf(assertThrows(StatusException.class, fails).getMessage());
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
