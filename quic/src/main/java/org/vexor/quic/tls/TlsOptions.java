package org.vexor.quic.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The TLS side of an endpoint.
///
/// @param identity what it shows; a server needs one
/// @param trust whom it believes; a client's connections may each pin a key instead
/// @param clientCertificate servers only
/// @param applicationProtocols ALPN names in order of preference, at least one
/// @param resumption clients only: whether to come back with the session of an earlier connection.
///   A server always hands sessions out
/// @param earlyData whether to send or accept 0-RTT data, which an attacker can replay; needs
///   resumption
/// @param keyLog where to write the secrets of all connections, for Wireshark; never in production
public record TlsOptions(
    Optional<TlsIdentity> identity,
    PeerTrust trust,
    ClientCertificate clientCertificate,
    List<String> applicationProtocols,
    boolean resumption,
    boolean earlyData,
    Optional<Path> keyLog) {
  /// ALPN of a Solana node's transaction port.
  public static final String SOLANA_TPU = "solana-tpu";

  public TlsOptions {
    applicationProtocols = List.copyOf(applicationProtocols);
    if (applicationProtocols.isEmpty()) {
      throw new IllegalArgumentException("QUIC needs an application protocol (ALPN): name one");
    }
    if (earlyData && !resumption) {
      throw new IllegalArgumentException("0-RTT data needs resumption: switch both on, or neither");
    }
  }

  /// Of an endpoint that shows nothing and believes the JVM's authorities.
  public static TlsOptions of(String applicationProtocol) {
    return new TlsOptions(
        Optional.empty(),
        new PeerTrust.SystemAuthorities(),
        ClientCertificate.IGNORED,
        List.of(applicationProtocol),
        true,
        false,
        Optional.empty());
  }

  /// Of a Solana node, client or server: keys instead of authorities, transactions as the protocol,
  /// no 0-RTT since a replayed transaction is traffic for nothing.
  public static TlsOptions solana(TlsIdentity identity) {
    return of(SOLANA_TPU)
        .withIdentity(identity)
        .withTrust(new PeerTrust.AnyKey())
        .withClientCertificate(ClientCertificate.REQUESTED);
  }

  public TlsOptions withIdentity(TlsIdentity newIdentity) {
    return new TlsOptions(
        Optional.of(newIdentity),
        trust,
        clientCertificate,
        applicationProtocols,
        resumption,
        earlyData,
        keyLog);
  }

  public TlsOptions withTrust(PeerTrust newTrust) {
    return new TlsOptions(
        identity, newTrust, clientCertificate, applicationProtocols, resumption, earlyData, keyLog);
  }

  public TlsOptions withClientCertificate(ClientCertificate newClientCertificate) {
    return new TlsOptions(
        identity, trust, newClientCertificate, applicationProtocols, resumption, earlyData, keyLog);
  }

  public TlsOptions withApplicationProtocols(List<String> newApplicationProtocols) {
    return new TlsOptions(
        identity, trust, clientCertificate, newApplicationProtocols, resumption, earlyData, keyLog);
  }

  public TlsOptions withResumption(boolean newResumption, boolean newEarlyData) {
    return new TlsOptions(
        identity,
        trust,
        clientCertificate,
        applicationProtocols,
        newResumption,
        newEarlyData,
        keyLog);
  }

  public TlsOptions withKeyLog(Path file) {
    return new TlsOptions(
        identity,
        trust,
        clientCertificate,
        applicationProtocols,
        resumption,
        earlyData,
        Optional.of(file));
  }
}
