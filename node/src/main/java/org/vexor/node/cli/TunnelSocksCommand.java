package org.vexor.node.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.client.Credentials;
import org.vexor.masque.front.FrontLimits;
import org.vexor.masque.front.SocksFront;
import org.vexor.masque.front.SocksLogin;
import org.vexor.node.config.ConfigException;
import org.vexor.node.masque.CredentialText;
import org.vexor.packet.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor tunnel socks`: a SOCKS5 server that leads through the proxy.
@Command(
    name = "socks",
    description = {
      "Be a SOCKS5 server for local programs: TCP goes through the proxy by CONNECT, UDP by"
          + " CONNECT-UDP (UDP ASSOCIATE), both on one connection. Names are looked up at the proxy.",
      ""
    },
    mixinStandardHelpOptions = true)
final class TunnelSocksCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      paramLabel = "ADDR:PORT",
      defaultValue = "127.0.0.1:1080",
      description =
          "where programs come (default ${DEFAULT-VALUE}); other than loopback addresses need"
              + " --socks-auth")
  private String listen = "";

  @Option(
      names = "--socks-auth",
      paramLabel = "F|NAME:PASSWORD",
      description =
          "what programs have to prove: a file with 'basic NAME PASSWORD', or NAME:PASSWORD (default:"
              + " nothing)")
  private @Nullable String socksAuth;

  @Mixin private TunnelSession session = new TunnelSession();

  @Spec private CommandSpec spec;

  TunnelSocksCommand() {}

  @Override
  public Integer call() throws UserException {
    Endpoint address;
    Optional<SocksLogin> login;
    try {
      address = Endpoint.parse(listen);
      login = login();
    } catch (IllegalArgumentException e) {
      throw new UserException("--listen: " + e.getMessage(), e);
    } catch (ConfigException e) {
      throw new UserException("--socks-auth: " + e.getMessage(), e);
    }
    if (login.isEmpty() && !address.address().isLoopbackAddress()) {
      throw new UserException(
          "--listen " + address + " can be reached from elsewhere: give --socks-auth");
    }
    return session.run(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        (run, told) -> {
          SocksFront front =
              SocksFront.start(
                  run.tcpLoops(),
                  run.transport(),
                  run.client(),
                  address.toSocketAddress(),
                  FrontLimits.DEFAULT,
                  login,
                  told::tunnel);
          told.listening(Endpoint.of(front.address()).toString(), "by SOCKS5");
          return new SocksFronts(front);
        });
  }

  private Optional<SocksLogin> login() throws ConfigException {
    if (socksAuth == null) {
      return Optional.empty();
    }
    return switch (CredentialText.parse(socksAuth)) {
      case Credentials.Basic basic -> Optional.of(new SocksLogin(basic.user(), basic.password()));
      case Credentials.Bearer _, Credentials.None _ ->
          throw new ConfigException("SOCKS knows names and passwords only");
    };
  }

  private record SocksFronts(SocksFront front) implements TunnelSession.Fronts {
    @Override
    public Map<String, Number> figures() {
      return front.counters().figures();
    }

    @Override
    public void close() {
      front.close();
    }
  }
}
