package org.vexor.node.proxy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.resolve.SystemResolver;
import org.vexor.masque.proxy.tunnel.AccessLog;

/// A proxy on 127.0.0.1 to all of this host, as a file of `vexor proxy` says.
public final class LocalProxy {
  private LocalProxy() {}

  /// Starts one.
  ///
  /// @param folder for its file, and its certificate: [#authority]
  /// @param port 0 for any
  /// @param more lines of its file
  public static MasqueProxy start(Path folder, int port, String more) throws Exception {
    Path file = folder.resolve("vexor.toml");
    Files.writeString(
        file,
        """
        [proxy]
        listen = "127.0.0.1:%d"
        self_signed = "%s"
        allow = ["127.0.0.0/8"]
        %s
        """
            .formatted(port, folder.resolve("own"), more));
    ProxyConfig config = ProxyConfig.read(file);
    return MasqueProxy.start(
        ProxySetup.options(config),
        ProxySetup.settings(config),
        new SystemResolver(Duration.ofSeconds(5), 8),
        AccessLog.NONE);
  }

  /// What it is known by.
  public static Path authority(Path folder) {
    return folder.resolve("own/ca.pem");
  }
}
