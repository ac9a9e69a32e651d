package org.vexor.node.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.vexor.turbine.capture.Capture;
import org.vexor.turbine.capture.CaptureReader;

/// Capture files as commands name them.
final class CaptureFiles {
  private CaptureFiles() {}

  /// Reads a file.
  ///
  /// @throws UserException when it cannot be read or is in none of the formats
  static Capture.Recognised read(Path file) throws UserException {
    if (Files.isDirectory(file)) {
      throw new UserException(file + ": is a folder; give the files in it");
    }
    try {
      return switch (CaptureReader.read(file)) {
        case Capture.Recognised capture -> capture;
        case Capture.NotRecognised nothing ->
            throw new UserException(file + ": not a capture of shreds: " + nothing.message());
      };
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new UserException(file + ": no permission to read it", e);
    } catch (IOException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    }
  }
}
