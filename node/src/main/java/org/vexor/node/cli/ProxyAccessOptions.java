package org.vexor.node.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vexor.node.masque.ProxyAccess;
import picocli.CommandLine.Option;

/// How a proxy is reached: the same options wherever one is used.
final class ProxyAccessOptions {
  @Option(
      names = "--proxy",
      paramLabel = "URL",
      required = true,
      description =
          "the proxy: https://HOST:PORT, HOST:PORT, or its URI template with {target_host} and"
              + " {target_port}")
  private String proxy = "";

  @Option(
      names = "--ca",
      paramLabel = "F",
      description = "PEM file: authorities of the proxy's certificate (default: the JVM's)")
  private @Nullable Path ca;

  @Option(
      names = "--proxy-key",
      paramLabel = "HEX",
      description = "instead: the Ed25519 key of the proxy's certificate, and no authority")
  private @Nullable String proxyKey;

  @Option(
      names = "--auth",
      paramLabel = "F|NAME:PASSWORD",
      description =
          "what the proxy knows you by: a file with 'basic NAME PASSWORD' or 'bearer NAME TOKEN', or"
              + " NAME:PASSWORD, or bearer:TOKEN (which others on this host can see; prefer a file)")
  private @Nullable String auth;

  @Option(names = "--cert", paramLabel = "F", description = "PEM file: your own certificate")
  private @Nullable Path cert;

  @Option(names = "--key", paramLabel = "F", description = "PEM file: its private key (PKCS#8)")
  private @Nullable Path key;

  @Option(
      names = "--http",
      paramLabel = "V[,V]",
      split = ",",
      description = "versions that may be used: 3, 2, 1.1 (default: all, better ones first)")
  private List<String> http = List.of();

  ProxyAccess access() {
    return new ProxyAccess(
        proxy,
        Optional.ofNullable(ca),
        Optional.ofNullable(proxyKey),
        Optional.ofNullable(auth),
        Optional.ofNullable(cert),
        Optional.ofNullable(key),
        http);
  }
}
