package org.vexor.node.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.request.ProxySettings;
import org.vexor.node.config.ConfigException;

/// Gives a running proxy other settings when one of its files changed, or when asked to. One thread
/// calls [#look]; [#ask] is for any.
public final class ProxyReload {
  private final MasqueProxy proxy;
  private final ProxyConfig started;
  private final Source source;
  private final List<Path> files;
  private final boolean askedForKeys;
  private List<Optional<FileTime>> seen;
  private volatile boolean asked;

  /// Reads command line and files again.
  @FunctionalInterface
  public interface Source {
    ProxyConfig read() throws ConfigException;
  }

  /// @param started what the proxy was started with
  /// @param files whose changes count
  public ProxyReload(MasqueProxy proxy, ProxyConfig started, Source source, List<Path> files) {
    this.proxy = proxy;
    this.started = started;
    this.source = source;
    this.files = List.copyOf(files);
    askedForKeys = proxy.settings().access().usesKeys();
    seen = times();
  }

  private List<Optional<FileTime>> times() {
    var times = new ArrayList<Optional<FileTime>>();
    for (Path file : files) {
      times.add(time(file));
    }
    return times;
  }

  private static Optional<FileTime> time(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file));
    } catch (IOException e) {
      // While an editor replaces it, there is none.
      return Optional.empty();
    }
  }

  /// Reloads at the next look.
  public void ask() {
    asked = true;
  }

  /// Reloads if there is reason to.
  ///
  /// @return what came of it, for people; empty when nothing changed. Settings that cannot be used
  ///   leave the old ones in place
  public Optional<String> look() {
    List<Optional<FileTime>> now = times();
    boolean changed = !now.equals(seen) && now.stream().allMatch(Optional::isPresent);
    if (!asked && !changed) {
      return Optional.empty();
    }
    asked = false;
    seen = now;
    try {
      ProxyConfig config = source.read();
      ProxySettings settings = ProxySetup.settings(config);
      List<String> fixed = new ArrayList<>(config.fixedChanges(started));
      if (settings.access().usesKeys() && !askedForKeys) {
        fixed.add("keys in auth, which the handshake does not ask for");
      }
      proxy.settings(settings);
      return Optional.of(
          "settings reloaded; tunnels go on"
              + (fixed.isEmpty() ? "" : "; these take a restart: " + String.join(", ", fixed)));
    } catch (ConfigException e) {
      return Optional.of("settings not reloaded, the old ones hold: " + e.getMessage());
    }
  }
}
