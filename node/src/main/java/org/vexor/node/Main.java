package org.vexor.node;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.vexor.node.cli.VexorCommand;

/// Entry point of the program. Everything it can do is listed by `vexor --help`.
public final class Main {
  /// One line for each message; the JDK's default is two.
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private static final String ONE_LINE = "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n";

  /// Kept here since the JDK forgets the level of a logger that nobody holds.
  private static final Logger OURS = Logger.getLogger("org.vexor");

  private static final Logger DEVICES = Logger.getLogger("org.vexor.packet.xdp.device");

  /// The library that serves JSON-RPC, and what it stands on.
  private static final Logger WEB = Logger.getLogger("io.javalin");

  private static final Logger WEB_SERVER = Logger.getLogger("org.eclipse.jetty");

  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] arguments) {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, ONE_LINE);
    }
    if (System.getProperty("java.util.logging.config.file") == null) {
      // What goes well the commands say in their own words.
      OURS.setLevel(Level.WARNING);
      WEB.setLevel(Level.WARNING);
      WEB_SERVER.setLevel(Level.WARNING);
      // AF_XDP lost and regained is a change of backend, which `run` tells of in one line.
      DEVICES.setLevel(Level.SEVERE);
    }
    System.exit(VexorCommand.commandLine().execute(arguments));
  }
}
