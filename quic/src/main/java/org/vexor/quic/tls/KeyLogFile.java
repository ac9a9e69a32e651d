package org.vexor.quic.tls;

import io.netty.handler.codec.quic.BoringSSLKeylog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import javax.net.ssl.SSLEngine;

/// Writes TLS secrets to a file in NSS format, readable by its owner alone.
final class KeyLogFile implements BoringSSLKeylog {
  private static final System.Logger LOG = System.getLogger(KeyLogFile.class.getName());

  private final Path file;

  KeyLogFile(Path file) {
    this.file = file;
    try {
      if (Files.notExists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("key log " + file + " cannot be created", e);
    }
    LOG.log(
        System.Logger.Level.WARNING, "TLS secrets of all connections go to a file file={0}", file);
  }

  @Override
  public synchronized void logKey(SSLEngine engine, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "key log not written file=" + file, e);
    }
  }
}
