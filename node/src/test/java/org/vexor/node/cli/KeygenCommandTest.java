package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.KeypairFile;

final class KeygenCommandTest {
  @TempDir private Path folder;

  @Test
  void makesAKeyFileForItsOwnerAlone() throws Exception {
    Path file = folder.resolve("id.json");
    CliRun made = CliRun.of("keygen", file.toString());
    assertEquals(0, made.exitCode(), made.err());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Pubkey key = KeypairFile.read(file).publicKey();
    assertTrue(made.out().contains(key.toString()), made.out());

    CliRun shown = CliRun.of("keygen", "--show", file.toString());
    assertEquals(key + System.lineSeparator(), shown.out());
    assertEquals("", shown.err());
  }

  @Test
  void replacesAKeyOnlyWhenForced() throws Exception {
    Path file = folder.resolve("id.json");
    CliRun.of("keygen", file.toString());
    String first = Files.readString(file);
    CliRun refused = CliRun.of("keygen", file.toString());
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("--force"), refused.err());
    assertEquals(first, Files.readString(file));
    assertEquals(0, CliRun.of("keygen", "--force", file.toString()).exitCode());
    assertNotEquals(first, Files.readString(file));
  }

  @Test
  void whatIsWrongIsOneLine() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.json"));
    Path words = Files.writeString(folder.resolve("words.json"), "[\"secret\", 1]");
    String[][] wrong = {
      {},
      {"--show", folder.resolve("absent.json").toString()},
      {"--show", empty.toString()},
      {"--show", words.toString()},
      {"--show", folder.toString()},
      {"--show", "--force", words.toString()},
      {folder.resolve("no/such/folder.json").toString()},
      {"one.json", "two.json"},
    };
    for (String[] arguments : wrong) {
      var command = new ArrayList<>(List.of("keygen"));
      command.addAll(List.of(arguments));
      CliRun run = CliRun.of(command.toArray(String[]::new));
      assertEquals(2, run.exitCode(), command + ": " + run.err());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(!run.err().contains("secret"), run.err());
      assertEquals("", run.out());
    }
  }
}
