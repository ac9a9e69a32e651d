package org.vexor.node.masque;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.node.config.ConfigException;
import org.vexor.quic.tls.Ed25519Key;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;

/// How a proxy is reached, in a user's words.
///
/// @param proxy `https://HOST:PORT`, `HOST:PORT` or a URI template
/// @param ca PEM file of the authorities of its certificate; otherwise those of the JVM
/// @param key its Ed25519 key as 64 hexadecimal digits, instead of any authority
/// @param auth credentials, as [CredentialText] reads them
/// @param clientCert PEM file of the client's certificates
/// @param clientKey PEM file of its private key
/// @param http versions that may be used: `3`, `2`, `1.1`; empty for all
public record ProxyAccess(
    String proxy,
    Optional<Path> ca,
    Optional<String> key,
    Optional<String> auth,
    Optional<Path> clientCert,
    Optional<Path> clientKey,
    List<String> http) {
  /// An address that nobody has (TEST-NET-1 of RFC 5737, port discard): a proxy that grants a
  /// tunnel there, or refuses the address alone, shows that it serves us.
  public static final UdpTarget NOBODY = UdpTarget.of("192.0.2.1:9");

  private static final String SCHEME = "https://";

  public ProxyAccess {
    http = List.copyOf(http);
  }

  /// Nothing but where it is.
  public static ProxyAccess of(String proxy) {
    return new ProxyAccess(
        proxy,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /// What a client is started with.
  ///
  /// @throws ConfigException when something is wrong, or a file cannot be used
  public ClientOptions options() throws ConfigException {
    try {
      UriTemplate template = UriTemplate.ofProxy(proxy.contains("://") ? proxy : SCHEME + proxy);
      ClientOptions options = ClientOptions.of(template, tls());
      if (auth.isPresent()) {
        options = options.withCredentials(CredentialText.parse(auth.get()));
      }
      return http.isEmpty() ? options : options.withVersions(versions());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private TlsOptions tls() throws ConfigException {
    TlsOptions tls = TlsOptions.of(HttpVersion.HTTP_3.alpn());
    if (key.isPresent() && ca.isPresent()) {
      throw new ConfigException(
          "the proxy is known by its key or by an authority: give one of the two");
    }
    if (key.isPresent()) {
      tls = tls.withTrust(new PeerTrust.PinnedKey(pinned(key.get())));
    } else if (ca.isPresent()) {
      tls = tls.withTrust(PeerTrust.authorities(ca.get()));
    }
    if (clientCert.isPresent() != clientKey.isPresent()) {
      throw new ConfigException("a client's certificate and its private key go together");
    }
    return clientCert.isPresent()
        ? tls.withIdentity(TlsIdentity.fromPem(clientCert.get(), clientKey.orElseThrow()))
        : tls;
  }

  private static Ed25519Key pinned(String digits) throws ConfigException {
    try {
      return Ed25519Key.of(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "the proxy's key '" + digits + "' is not 64 hexadecimal digits of an Ed25519 key", e);
    }
  }

  private HttpVersion[] versions() throws ConfigException {
    var chosen = new ArrayList<HttpVersion>();
    for (String word : http) {
      chosen.add(
          switch (word) {
            case "3" -> HttpVersion.HTTP_3;
            case "2" -> HttpVersion.HTTP_2;
            case "1.1" -> HttpVersion.HTTP_1_1;
            default ->
                throw new ConfigException("HTTP version '" + word + "' is none of 3, 2 and 1.1");
          });
    }
    return chosen.toArray(HttpVersion[]::new);
  }

  /// Without credentials.
  @Override
  public String toString() {
    return proxy;
  }
}
