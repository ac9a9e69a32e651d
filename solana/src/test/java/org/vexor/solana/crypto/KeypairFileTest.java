package org.vexor.solana.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.solana.Pubkey;

final class KeypairFileTest {
  @Test
  void aWrittenKeyIsReadBackAndOnlyItsOwnersToRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("id.json");
    Keypair keypair = KeypairFile.generate(file, false);
    assertEquals(keypair.publicKey(), KeypairFile.read(file).publicKey());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).matches("\\[(\\d+,){63}\\d+]"));
    assertOnlyFile(folder, file);
  }

  @Test
  void aKeyIsReplacedOnlyWhenAsked(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("id.json");
    Pubkey first = KeypairFile.generate(file, false).publicKey();
    assertThrows(FileAlreadyExistsException.class, () -> KeypairFile.generate(file, false));
    assertEquals(first, KeypairFile.read(file).publicKey());
    Pubkey second = KeypairFile.generate(file, true).publicKey();
    assertNotEquals(first, second);
    assertEquals(second, KeypairFile.read(file).publicKey());
    assertOnlyFile(folder, file);
  }

  private static void assertOnlyFile(Path folder, Path file) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList(), "no draft is left");
    }
  }

  @Test
  void refusesWhatIsNoKeyAndNeverQuotesIt() {
    List<Integer> good = numbers(Keypair.generate().secretBytes());
    List<Integer> foreignHalf = new ArrayList<>(good);
    foreignHalf.set(63, foreignHalf.get(63) ^ 1);
    assertFault("not that of the seed", foreignHalf.toString());
    assertFault("it has 63", good.subList(0, 63).toString());
    assertFault("not JSON", good.toString().replace("]", ""));
    assertFault("not JSON", good + " 1");
    assertFault("is needed", "{\"key\":1}");
    for (String bad : new String[] {"256", "-1", "1.0", "\"1\"", "null", "4294967296"}) {
      String text = "[" + bad + good.toString().substring(good.toString().indexOf(','));
      assertFault("element 0 is not", text);
    }
    assertFault("longer than", " ".repeat(5000));
    var fault = assertThrows(IllegalArgumentException.class, () -> parse("[secret123]"));
    assertFalse(fault.toString().contains("secret123"));
    assertEquals(null, fault.getCause());
  }

  @Test
  void aFaultNamesTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("id.json"), "[1,2]");
    var fault = assertThrows(IllegalArgumentException.class, () -> KeypairFile.read(file));
    assertTrue(fault.toString().contains("id.json"), fault.toString());
  }

  @Property(tries = 30)
  void everySeedSurvivesTheText(@ForAll @Size(32) byte[] seed) {
    Keypair keypair = Keypair.fromSeed(seed);
    Keypair read = parse(numbers(keypair.secretBytes()).toString());
    assertEquals(numbers(keypair.secretBytes()), numbers(read.secretBytes()));
  }

  @FuzzTest(maxDuration = "10s")
  void anyBytesAreAKeyOrRefused(byte[] json) {
    try {
      assertEquals(64, KeypairFile.parse(json).secretBytes().length);
    } catch (IllegalArgumentException refused) {
      assertFalse(refused.toString().isEmpty());
    }
  }

  private static void assertFault(String fault, String json) {
    var refused = assertThrows(IllegalArgumentException.class, () -> parse(json));
    assertTrue(refused.toString().contains(fault), refused.toString());
  }

  private static Keypair parse(String json) {
    return KeypairFile.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Integer> numbers(byte[] bytes) {
    List<Integer> numbers = new ArrayList<>();
    for (byte value : bytes) {
      numbers.add(value & 0xff);
    }
    return numbers;
  }
}
