package org.vexor.quic.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RetryTokensTest {
  private static final long LIFETIME_MS = 5_000;
  private static final byte[] KEY = new byte[RetryTokens.KEY_LENGTH_BYTES];

  private final AtomicLong nowMs = new AtomicLong(1_000_000);
  private final RetryTokens tokens = new RetryTokens(KEY, LIFETIME_MS, nowMs::get);

  private static InetSocketAddress address(int last, int port) {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Property(tries = 200)
  void aMintedTokenIsGenuineForItsAddressAlone(
      @ForAll @Size(max = 20) byte[] connectionId,
      @ForAll @IntRange(min = 1, max = 100) int host,
      @ForAll @IntRange(min = 1, max = 65_534) int port) {
    byte[] token = tokens.mint(address(host, port), connectionId);
    assertEquals(TokenVerdict.GENUINE, tokens.check(token, address(host, port)));
    assertEquals(TokenVerdict.NOT_OURS, tokens.check(token, address(host + 1, port)));
    assertEquals(TokenVerdict.NOT_OURS, tokens.check(token, address(host, port + 1)));
  }

  @Property(tries = 500)
  void aChangedTokenIsRefused(
      @ForAll @Size(20) byte[] connectionId,
      @ForAll @IntRange(max = 60) int at,
      @ForAll @IntRange(max = 7) int bit) {
    byte[] token = tokens.mint(address(1, 1), connectionId);
    token[at] ^= (byte) (1 << bit);
    assertNotEquals(TokenVerdict.GENUINE, tokens.check(token, address(1, 1)));
  }

  @Property(tries = 50)
  void aShortenedTokenIsRefused(@ForAll @IntRange(max = 60) int length) {
    byte[] token = tokens.mint(address(1, 1), new byte[20]);
    assertNotEquals(
        TokenVerdict.GENUINE, tokens.check(Arrays.copyOf(token, length), address(1, 1)));
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() {
    byte[] key = KEY.clone();
    key[31] = 1;
    byte[] token = new RetryTokens(key, LIFETIME_MS, nowMs::get).mint(address(1, 1), new byte[8]);
    assertEquals(TokenVerdict.NOT_OURS, tokens.check(token, address(1, 1)));
  }

  @Test
  void aTokenExpires() {
    byte[] token = tokens.mint(address(1, 1), new byte[8]);
    nowMs.addAndGet(LIFETIME_MS);
    assertEquals(TokenVerdict.GENUINE, tokens.check(token, address(1, 1)));
    nowMs.incrementAndGet();
    assertEquals(TokenVerdict.EXPIRED, tokens.check(token, address(1, 1)));
  }

  @Test
  void usedTokensAreRememberedUntilTheyExpireAndNoLonger() {
    var used = new UsedTokens(2, nowMs::get);
    assertTrue(used.add(1, nowMs.get() + 10));
    assertTrue(used.add(2, nowMs.get() + 20));
    assertFalse(used.add(3, nowMs.get() + 30), "full");
    assertTrue(used.contains(1));
    nowMs.addAndGet(11);
    assertTrue(used.add(3, nowMs.get() + 30));
    assertFalse(used.contains(1));
    assertTrue(used.contains(2));
    assertEquals(2, used.size());
  }

  @FuzzTest
  void noBytesPassForAToken(byte[] token) {
    assertNotEquals(TokenVerdict.GENUINE, tokens.check(token, address(1, 1)));
  }
}
