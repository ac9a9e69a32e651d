package org.vexor.node.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Endpoint;
import org.vexor.solana.crypto.Keypair;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Who we are in gossip, and where.
final class GossipNodeOptions {
  @Mixin private final IdentityOption identity = new IdentityOption();

  @Option(
      names = "--contacts",
      paramLabel = "FILE",
      description = "keep the nodes that we know in FILE, and begin with them at the next start")
  private @Nullable Path contacts;

  Keypair keypair() throws UserException {
    return identity.keypair();
  }

  Optional<Path> contactFile() {
    return Optional.ofNullable(contacts);
  }

  static List<Endpoint> entrypoints(List<String> texts) throws UserException {
    var endpoints = new ArrayList<Endpoint>();
    for (String text : texts) {
      endpoints.add(endpoint("--entrypoint", text));
    }
    return endpoints;
  }

  static Endpoint endpoint(String option, String text) throws UserException {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UserException(option + ": " + e.getMessage(), e);
    }
  }
}
