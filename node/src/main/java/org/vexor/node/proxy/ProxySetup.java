package org.vexor.node.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vexor.masque.proxy.ProxyOptions;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.policy.AddressPolicy;
import org.vexor.masque.proxy.request.ProxySettings;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.node.config.ConfigException;
import org.vexor.packet.Endpoint;
import org.vexor.packet.select.Selection;
import org.vexor.packet.select.Wanted;
import org.vexor.quic.tls.ClientCertificate;
import org.vexor.quic.tls.LocalAuthority;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;

/// From what a proxy is told to what it is started with.
public final class ProxySetup {
  private ProxySetup() {}

  /// Where it is to listen.
  ///
  /// @throws ConfigException when nobody said, or it is no address
  public static Endpoint listen(ProxyConfig config) throws ConfigException {
    String text =
        config
            .listen()
            .orElseThrow(
                () ->
                    new ConfigException(
                        "say where to listen: --listen ADDR:PORT, or listen in the file"));
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--listen " + text + ": " + e.getMessage(), e);
    }
  }

  /// What cannot change while it runs.
  ///
  /// @throws ConfigException when a file cannot be used, or there is no certificate
  public static ProxyOptions options(ProxyConfig config) throws ConfigException {
    InetSocketAddress listen = listen(config).toSocketAddress();
    AccessList access = access(config);
    TlsOptions tls = TlsOptions.of("h3").withIdentity(identity(config, listen.getAddress()));
    try {
      if (config.clientCa().isPresent()) {
        tls =
            tls.withTrust(PeerTrust.authorities(config.clientCa().get()))
                .withClientCertificate(ClientCertificate.REQUESTED);
      } else if (access.usesKeys()) {
        tls =
            tls.withTrust(new PeerTrust.AnyKey())
                .withClientCertificate(ClientCertificate.REQUESTED);
      }
      return new ProxyOptions(
          config.name(),
          listen,
          tls,
          config.cores(),
          true,
          true,
          ProxyOptions.quic(config.limits().streamsPerConnection())
              .withPathMtu(config.packetBytes(), true),
          packets(config));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Selection packets(ProxyConfig config) throws ConfigException {
    // AF_XDP takes a queue for one core: of several, none is to be quicker than the others.
    Wanted wanted =
        config.cores() > 1 && config.backend() == Wanted.AUTO ? Wanted.UDP : config.backend();
    Selection selection = ProxyOptions.packets(listen(config), wanted);
    return config.networkInterface().map(selection::withInterface).orElse(selection);
  }

  private static TlsIdentity identity(ProxyConfig config, InetAddress address)
      throws ConfigException {
    try {
      if (config.cert().isPresent() && config.key().isPresent()) {
        return TlsIdentity.fromPem(config.cert().get(), config.key().get());
      }
      if (config.selfSigned().isEmpty()) {
        throw new ConfigException(
            "TLS needs a certificate: --cert FILE --key FILE, or --self-signed FOLDER");
      }
      Path folder = config.selfSigned().get();
      Optional<LocalAuthority> known = LocalAuthority.load(folder);
      if (known.isPresent()) {
        return known.get().server();
      }
      LocalAuthority made =
          LocalAuthority.create(
              List.of("localhost"), addresses(address), Instant.now(), new SecureRandom());
      made.save(folder);
      return made.server();
    } catch (IllegalArgumentException | UncheckedIOException | IOException e) {
      throw new ConfigException("certificate: " + e.getMessage(), e);
    }
  }

  /// Those that a client may know the proxy by.
  private static Set<InetAddress> addresses(InetAddress listen) {
    var all = new LinkedHashSet<InetAddress>();
    if (listen.isAnyLocalAddress()) {
      AddressPolicy.ownAddresses().stream()
          .filter(each -> !each.isLinkLocalAddress())
          .forEach(all::add);
    } else {
      all.add(listen);
    }
    return all;
  }

  /// What can change while it runs.
  ///
  /// @throws ConfigException when a file cannot be used, or strangers would be let in
  public static ProxySettings settings(ProxyConfig config) throws ConfigException {
    Endpoint listen = listen(config);
    AccessList access = access(config);
    if (access.isOpen() && !listen.address().isLoopbackAddress()) {
      throw new ConfigException(
          "--listen "
              + listen
              + " can be reached from elsewhere, and everybody would be served: give --auth FILE"
              + " or --client-ca FILE");
    }
    try {
      var templates = new ArrayList<UriTemplate>();
      // Only the path counts, so that any host will do.
      templates.add(UriTemplate.ofProxy("https://localhost"));
      config.templates().forEach(each -> templates.add(UriTemplate.parse(each)));
      return new ProxySettings(
          templates,
          config.transports(),
          access,
          new AddressPolicy(config.allow(), config.deny(), AddressPolicy.ownAddresses()),
          config.limits(),
          config.logTargets());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private static AccessList access(ProxyConfig config) throws ConfigException {
    boolean authorities = config.clientCa().isPresent();
    if (config.auth().isEmpty()) {
      return authorities ? AccessList.parse(List.of(), true) : AccessList.everybody();
    }
    Path file = config.auth().get();
    try {
      AccessList access = AccessList.parse(Files.readAllLines(file), authorities);
      if (access.size() == 0 && !authorities) {
        throw new ConfigException(file + " has no credentials: nobody could come in");
      }
      return access;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ", " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
