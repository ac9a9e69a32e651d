package org.vexor.quic;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Makes Initial packets (RFC 9000 §17.2.2, RFC 9001 §5.2) as an attacker would: the ClientHello of
/// a real client under any connection id, with any token.
final class InitialForge {
  private static final byte[] SALT =
      HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final int VERSION_1 = 1;
  private static final int NUMBER_BYTES = 4;
  private static final int TAG_BYTES = 16;
  private static final int INITIAL_WITH_4_BYTE_NUMBER = 0xc3;

  private final byte[] source;
  private final byte[] frames;

  private InitialForge(byte[] source, byte[] frames) {
    this.source = source;
    this.frames = frames;
  }

  /// From the first Initial of a client that connects to `listener`.
  static InitialForge capture(DatagramSocket listener) throws Exception {
    var packet = new DatagramPacket(new byte[2048], 2048);
    listener.receive(packet);
    ByteBuffer in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    in.position(5);
    byte[] destination = bytes(in, in.get());
    byte[] source = bytes(in, in.get());
    bytes(in, (int) varint(in));
    int length = (int) varint(in);
    int numberAt = in.position();
    byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
    var keys = new Keys(destination);
    byte[] mask = keys.mask(datagram, numberAt);
    datagram[0] ^= (byte) (mask[0] & 0x0f);
    int numberBytes = (datagram[0] & 3) + 1;
    long number = 0;
    for (int i = 0; i < numberBytes; i++) {
      datagram[numberAt + i] ^= mask[1 + i];
      number = number << 8 | (datagram[numberAt + i] & 0xff);
    }
    int start = numberAt + numberBytes;
    byte[] header = Arrays.copyOf(datagram, start);
    byte[] sealed = Arrays.copyOfRange(datagram, start, numberAt + length);
    return new InitialForge(source, keys.crypt(Cipher.DECRYPT_MODE, number, header, sealed));
  }

  /// An Initial to `destination`.
  byte[] initial(byte[] destination, byte[] token) throws GeneralSecurityException {
    int length = NUMBER_BYTES + frames.length + TAG_BYTES;
    ByteBuffer header = ByteBuffer.allocate(128);
    header.put((byte) INITIAL_WITH_4_BYTE_NUMBER).putInt(VERSION_1);
    header.put((byte) destination.length).put(destination);
    header.put((byte) source.length).put(source);
    header.putShort((short) (0x4000 | token.length)).put(token);
    header.putShort((short) (0x4000 | length)).putInt(0);
    byte[] plainHeader = Arrays.copyOf(header.array(), header.position());
    var keys = new Keys(destination);
    byte[] sealed = keys.crypt(Cipher.ENCRYPT_MODE, 0, plainHeader, frames);
    byte[] packet = Arrays.copyOf(plainHeader, plainHeader.length + sealed.length);
    System.arraycopy(sealed, 0, packet, plainHeader.length, sealed.length);
    int numberAt = plainHeader.length - NUMBER_BYTES;
    byte[] mask = keys.mask(packet, numberAt);
    packet[0] ^= (byte) (mask[0] & 0x0f);
    for (int i = 0; i < NUMBER_BYTES; i++) {
      packet[numberAt + i] ^= mask[1 + i];
    }
    return packet;
  }

  /// What a Retry packet says (RFC 9000 §17.2.5).
  static final class Retry {
    private final byte[] connectionId;
    private final byte[] token;

    private Retry(byte[] connectionId, byte[] token) {
      this.connectionId = connectionId;
      this.token = token;
    }

    byte[] connectionId() {
      return connectionId;
    }

    byte[] token() {
      return token;
    }

    /// From a packet.
    ///
    /// @throws IllegalArgumentException when it is another one
    static Retry parse(byte[] packet, int length) {
      if ((packet[0] & 0xf0) != 0xf0) {
        throw new IllegalArgumentException("no Retry: first byte " + (packet[0] & 0xff));
      }
      ByteBuffer in = ByteBuffer.wrap(packet, 0, length);
      in.position(5);
      bytes(in, in.get());
      byte[] source = bytes(in, in.get());
      return new Retry(source, bytes(in, in.remaining() - TAG_BYTES));
    }
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    var out = new byte[length];
    in.get(out);
    return out;
  }

  private static long varint(ByteBuffer in) {
    int first = in.get() & 0xff;
    long value = first & 0x3f;
    for (int i = 1; i < 1 << (first >> 6); i++) {
      value = value << 8 | (in.get() & 0xff);
    }
    return value;
  }

  /// The client's Initial keys of a connection id.
  private static final class Keys {
    private final SecretKeySpec key;
    private final byte[] iv;
    private final SecretKeySpec headerKey;

    private Keys(byte[] destination) throws GeneralSecurityException {
      byte[] secret = expand(hmac(SALT, destination), "client in", 32);
      key = new SecretKeySpec(expand(secret, "quic key", 16), "AES");
      iv = expand(secret, "quic iv", 12);
      headerKey = new SecretKeySpec(expand(secret, "quic hp", 16), "AES");
    }

    private byte[] crypt(int mode, long number, byte[] header, byte[] input)
        throws GeneralSecurityException {
      byte[] nonce = iv.clone();
      for (int i = 0; i < 8; i++) {
        nonce[4 + i] ^= (byte) (number >>> (56 - 8 * i));
      }
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
      cipher.updateAAD(header);
      return cipher.doFinal(input);
    }

    private byte[] mask(byte[] packet, int numberAt) throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, headerKey);
      return cipher.doFinal(packet, numberAt + NUMBER_BYTES, 16);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data);
    }

    private static byte[] expand(byte[] secret, String label, int length)
        throws GeneralSecurityException {
      byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
      ByteBuffer info = ByteBuffer.allocate(5 + name.length);
      info.putShort((short) length).put((byte) name.length).put(name).put((byte) 0).put((byte) 1);
      return Arrays.copyOf(hmac(secret, info.array()), length);
    }
  }
}
