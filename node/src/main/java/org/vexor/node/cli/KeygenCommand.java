package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.KeypairFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `vexor keygen`: key files as Solana's command line has them.
@Command(
    name = "keygen",
    description = "Make a key file that Solana's tools read too, or show the public key of one.",
    mixinStandardHelpOptions = true)
final class KeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The key file.")
  private Path file;

  @Option(names = "--show", description = "Print the public key of FILE and nothing else.")
  private boolean show;

  @Option(names = "--force", description = "Replace FILE if it is there. Its key is lost.")
  private boolean force;

  @Override
  public Integer call() throws UserException {
    if (show && force) {
      throw new ParameterException(
          spec.commandLine(), "--show reads FILE, --force replaces it: give one of them");
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (show) {
        out.println(KeypairFile.read(file).publicKey());
      } else {
        Pubkey key = KeypairFile.generate(file, force).publicKey();
        out.println("wrote " + file + ", public key " + key);
      }
      return 0;
    } catch (FileAlreadyExistsException e) {
      throw new UserException(
          file + " is there already; --force replaces it, and loses its key", e);
    } catch (NoSuchFileException e) {
      throw new UserException(
          show ? file + ": no such file" : file + ": its folder does not exist", e);
    } catch (AccessDeniedException e) {
      throw new UserException(file + ": no permission", e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }
}
