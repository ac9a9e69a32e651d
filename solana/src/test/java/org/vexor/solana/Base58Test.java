package org.vexor.solana;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class Base58Test {
  @Test
  void agreesWithPublishedVectors() {
    assertEquals("", Base58.encode(new byte[0]));
    assertEquals("2NEpo7TZRRrLZSi2U", Base58.encode(ascii("Hello World!")));
    assertEquals(
        "11233QC4", Base58.encode(new byte[] {0, 0, 0x28, 0x7f, (byte) 0xb4, (byte) 0xcd}));
    assertArrayEquals(ascii("Hello World!"), Base58.decode("2NEpo7TZRRrLZSi2U"));
    assertEquals("1".repeat(32), Base58.encode(new byte[32]));
  }

  @Property(tries = 500)
  void encodesAsLongDivisionDoesAndReadsItBack(@ForAll @Size(max = 80) byte[] bytes) {
    String text = Base58.encode(bytes);
    assertEquals(model(bytes), text);
    assertArrayEquals(bytes, Base58.decode(text));
    assertArrayEquals(bytes, Base58.decode(text, bytes.length));
  }

  @Test
  void readsTheLargestAndTheLongestInput() {
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xff);
    assertArrayEquals(ones, Base58.decode(Base58.encode(ones), 64));
    byte[] most = new byte[Base58.MAX_BYTES];
    Arrays.fill(most, (byte) 0xff);
    assertArrayEquals(most, Base58.decode(Base58.encode(most)));
  }

  @Test
  void refusesForeignCharactersAndOtherLengthsWithTheText() {
    for (String bad : new String[] {"0", "O", "I", "l", "ab c", "\u0141", "2NEp+"}) {
      var fault = assertThrows(IllegalArgumentException.class, () -> Base58.decode(bad));
      assertTrue(fault.toString().contains(bad), fault.toString());
    }
    assertThrows(IllegalArgumentException.class, () -> Base58.decode("1".repeat(31), 32));
    assertThrows(IllegalArgumentException.class, () -> Base58.decode("1".repeat(33), 32));
    assertThrows(IllegalArgumentException.class, () -> Base58.decode("z".repeat(4000)));
  }

  @FuzzTest(maxDuration = "10s")
  void everyTextIsReadExactlyOrRefused(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    byte[] bytes;
    try {
      bytes = Base58.decode(text);
    } catch (IllegalArgumentException refused) {
      return;
    }
    if (bytes.length <= Base58.MAX_BYTES) {
      assertEquals(text, Base58.encode(bytes));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String model(byte[] bytes) {
    String alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    StringBuilder text = new StringBuilder();
    BigInteger base = BigInteger.valueOf(58);
    for (BigInteger n = new BigInteger(1, bytes); n.signum() > 0; n = n.divide(base)) {
      text.append(alphabet.charAt(n.mod(base).intValue()));
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append('1');
    }
    return text.reverse().toString();
  }
}
