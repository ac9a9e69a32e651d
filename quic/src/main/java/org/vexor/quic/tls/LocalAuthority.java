package org.vexor.quic.tls;

import static org.vexor.quic.tls.Der.text;
import static org.vexor.quic.tls.Der.value;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// An authority made up on the spot and one certificate of it, for servers without a public name:
/// clients are given `ca.pem`. ECDSA on P-256, which every TLS library takes.
public final class LocalAuthority {
  private static final byte[] ECDSA_WITH_SHA256 =
      oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
  private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = oid(0x55, 0x1d, 0x11);
  private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
  private static final byte[] KEY_USAGE = oid(0x55, 0x1d, 0x0f);
  private static final byte[] TRUE = {(byte) 0xff};

  /// keyCertSign and cRLSign; digitalSignature (RFC 5280 §4.2.1.3), each with its unused bits.
  private static final byte[] SIGNS_CERTIFICATES = {1, 0x06};

  private static final byte[] SIGNS_HANDSHAKES = {7, (byte) 0x80};

  /// Clocks differ.
  private static final Duration BACKDATED = Duration.ofHours(1);

  private static final Duration LIFE = Duration.ofDays(3650);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int SERIAL_BITS = 63;
  private static final int LINE_CHARACTERS = 64;

  private final X509Certificate authority;
  private final TlsIdentity server;

  private LocalAuthority(X509Certificate authority, TlsIdentity server) {
    this.authority = authority;
    this.server = server;
  }

  /// Makes up keys and certificates.
  ///
  /// @param names of the server, such as `localhost`
  /// @param addresses that it is reached at
  public static LocalAuthority create(
      Collection<String> names,
      Collection<InetAddress> addresses,
      Instant now,
      SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair root = generator.generateKeyPair();
      KeyPair leaf = generator.generateKeyPair();
      String issuer = "Vexor local authority " + Long.toHexString(random.nextLong());
      byte[] usage = extension(KEY_USAGE, value(Der.BIT_STRING, SIGNS_CERTIFICATES));
      byte[] isAuthority =
          extension(BASIC_CONSTRAINTS, value(Der.SEQUENCE, value(Der.BOOLEAN, TRUE)));
      X509Certificate top =
          certificate(
              issuer, issuer, root.getPublic(), root.getPrivate(), now, random, usage, isAuthority);
      X509Certificate own =
          certificate(
              issuer,
              "Vexor proxy",
              leaf.getPublic(),
              root.getPrivate(),
              now,
              random,
              extension(KEY_USAGE, value(Der.BIT_STRING, SIGNS_HANDSHAKES)),
              extension(SUBJECT_ALTERNATIVE_NAME, value(Der.SEQUENCE, names(names, addresses))));
      return new LocalAuthority(top, new TlsIdentity(leaf.getPrivate(), List.of(own)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the JDK signs with ECDSA", e);
    }
  }

  private static byte[][] names(Collection<String> names, Collection<InetAddress> addresses) {
    var all = new ArrayList<byte[]>();
    names.forEach(name -> all.add(text(Der.CONTEXT_2_PRIMITIVE, name)));
    addresses.forEach(each -> all.add(value(Der.CONTEXT_7_PRIMITIVE, each.getAddress())));
    return all.toArray(byte[][]::new);
  }

  private static X509Certificate certificate(
      String issuer,
      String subject,
      PublicKey key,
      PrivateKey signer,
      Instant now,
      SecureRandom random,
      byte[]... extensions)
      throws GeneralSecurityException {
    byte[] algorithm = value(Der.SEQUENCE, value(Der.OBJECT_IDENTIFIER, ECDSA_WITH_SHA256));
    byte[] validity =
        value(
            Der.SEQUENCE,
            text(Der.GENERALIZED_TIME, TIME.format(now.minus(BACKDATED))),
            text(Der.GENERALIZED_TIME, TIME.format(now.plus(LIFE))));
    byte[] content =
        value(
            Der.SEQUENCE,
            value(Der.CONTEXT_0, value(Der.INTEGER, new byte[] {2})),
            value(Der.INTEGER, new BigInteger(SERIAL_BITS, random).toByteArray()),
            algorithm,
            name(issuer),
            validity,
            name(subject),
            key.getEncoded(),
            value(Der.CONTEXT_3, value(Der.SEQUENCE, extensions)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer, random);
    signature.update(content);
    byte[] whole = value(Der.SEQUENCE, content, algorithm, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] name(String common) {
    return value(
        Der.SEQUENCE,
        value(
            Der.SET,
            value(
                Der.SEQUENCE,
                value(Der.OBJECT_IDENTIFIER, COMMON_NAME),
                text(Der.UTF8_STRING, common))));
  }

  private static byte[] extension(byte[] identifier, byte[] content) {
    return value(
        Der.SEQUENCE,
        value(Der.OBJECT_IDENTIFIER, identifier),
        value(Der.BOOLEAN, TRUE),
        value(Der.OCTET_STRING, content));
  }

  private static byte[] oid(int... bytes) {
    byte[] encoded = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      encoded[i] = (byte) bytes[i];
    }
    return encoded;
  }

  /// What clients have to trust.
  public X509Certificate authority() {
    return authority;
  }

  /// What the server shows.
  public TlsIdentity server() {
    return server;
  }

  /// Reads what [#save] wrote, so that clients keep their `ca.pem`.
  ///
  /// @return empty when the folder has no such files
  /// @throws IllegalArgumentException when they are damaged
  public static Optional<LocalAuthority> load(Path folder) {
    if (!Files.exists(folder.resolve("cert.pem"))) {
      return Optional.empty();
    }
    return Optional.of(
        new LocalAuthority(
            PemFiles.certificates(folder.resolve("ca.pem")).getFirst(),
            TlsIdentity.fromPem(folder.resolve("cert.pem"), folder.resolve("key.pem"))));
  }

  /// Writes `ca.pem`, `cert.pem` and `key.pem`; the last one for the owner's eyes only. The
  /// authority's own key is forgotten.
  public void save(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      Path key = folder.resolve("key.pem");
      Files.deleteIfExists(key);
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(key, pem("PRIVATE KEY", server.privateKey().getEncoded()));
      Files.writeString(folder.resolve("ca.pem"), pem("CERTIFICATE", authority.getEncoded()));
      Files.writeString(
          folder.resolve("cert.pem"),
          pem("CERTIFICATE", server.certificates().getFirst().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate cannot be encoded", e);
    }
  }

  private static String pem(String label, byte[] encoded) {
    String lines =
        Base64.getMimeEncoder(LINE_CHARACTERS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
