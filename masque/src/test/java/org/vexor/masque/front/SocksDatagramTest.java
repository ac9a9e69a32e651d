package org.vexor.masque.front;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.vexor.masque.uri.UdpTarget;

final class SocksDatagramTest {
  private static void comesBack(UdpTarget target, byte[] payload) {
    ByteBuf whole = Unpooled.wrappedBuffer(SocksDatagram.header(target), payload);
    assertEquals(Optional.of(target), SocksDatagram.read(whole));
    assertArrayEquals(payload, ByteBufUtil.getBytes(whole));
  }

  @Property(tries = 100)
  void whatIsWrittenIsRead(
      @ForAll @Size(16) byte[] address,
      @ForAll @AlphaChars @StringLength(min = 1, max = 63) String name,
      @ForAll @IntRange(min = 1, max = 65_535) int port,
      @ForAll byte[] payload)
      throws Exception {
    comesBack(UdpTarget.of(InetAddress.getByAddress(address), port), payload);
    comesBack(new UdpTarget(name, Optional.empty(), port), payload);
  }

  @FuzzTest(maxDuration = "5s")
  void anyBytesAreATargetOrNone(byte[] bytes) {
    ByteBuf datagram = Unpooled.wrappedBuffer(bytes);
    Optional<UdpTarget> target = SocksDatagram.read(datagram);
    if (target.isPresent()) {
      ByteBuf again = Unpooled.wrappedBuffer(SocksDatagram.header(target.get()));
      assertEquals(target, SocksDatagram.read(again));
    }
  }
}
