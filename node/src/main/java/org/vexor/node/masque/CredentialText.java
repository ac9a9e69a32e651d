package org.vexor.node.masque;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vexor.masque.client.Credentials;
import org.vexor.node.config.ConfigException;

/// What a user says about credentials: a file, or the credentials themselves. No message of it has
/// a secret in it.
public final class CredentialText {
  private static final String BEARER = "bearer:";

  private CredentialText() {}

  /// `NAME:PASSWORD`, `bearer:TOKEN`, or a file whose first line is one that a proxy's own file may
  /// have: `basic NAME PASSWORD`, `bearer NAME TOKEN`.
  ///
  /// @throws ConfigException when it is none of them
  public static Credentials parse(String text) throws ConfigException {
    try {
      Optional<Path> file = file(text);
      if (file.isPresent()) {
        return read(file.get());
      }
      if (text.startsWith(BEARER)) {
        return new Credentials.Bearer(text.substring(BEARER.length()));
      }
      int colon = text.indexOf(':');
      if (colon > 0) {
        return new Credentials.Basic(text.substring(0, colon), text.substring(colon + 1));
      }
      throw new ConfigException(
          "credentials: what was given is no file, and neither NAME:PASSWORD nor bearer:TOKEN");
    } catch (IllegalArgumentException e) {
      throw new ConfigException("credentials: " + e.getMessage(), e);
    }
  }

  /// Empty when no file can have this name, or none has.
  private static Optional<Path> file(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Files::isRegularFile);
    } catch (InvalidPathException _) {
      return Optional.empty(); // its message would have the text in it
    }
  }

  private static Credentials read(Path file) throws ConfigException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new ConfigException("credentials: " + file + " cannot be read: " + e.getMessage(), e);
    }
    String line =
        lines.stream()
            .map(String::strip)
            .filter(each -> !each.isEmpty() && !each.startsWith("#"))
            .findFirst()
            .orElseThrow(() -> new ConfigException("credentials: " + file + " has none"));
    String[] words = line.split("\\s+", 3);
    if (words.length == 3 && words[0].equals("basic")) {
      return new Credentials.Basic(words[1], words[2]);
    }
    if (words.length == 3 && words[0].equals("bearer")) {
      return new Credentials.Bearer(words[2]);
    }
    throw new ConfigException(
        "credentials: the first line of "
            + file
            + " is neither 'basic NAME PASSWORD' nor 'bearer NAME TOKEN'");
  }
}
