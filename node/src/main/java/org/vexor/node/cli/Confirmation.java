package org.vexor.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;

/// Asks the operator to say that the machine still answers. Who has lost it cannot press Enter, and
/// that is the point.
final class Confirmation {
  private static final System.Logger LOG = System.getLogger(Confirmation.class.getName());

  private Confirmation() {}

  /// Asks, and calls `confirmed` on a thread of its own when a line comes.
  ///
  /// @param seconds how long AF_XDP waits for it, for the question
  static void ask(int seconds, InputStream answers, PrintWriter messages, Runnable confirmed) {
    messages.println(
        "AF_XDP is left in " + seconds + " s unless you press Enter: this machine still answers");
    messages.flush();
    Thread.ofPlatform()
        .daemon()
        .name("vexor-confirmation")
        .start(() -> await(answers, messages, confirmed));
  }

  private static void await(InputStream answers, PrintWriter messages, Runnable confirmed) {
    try {
      int read;
      do {
        read = answers.read();
      } while (read >= 0 && read != '\n');
      if (read == '\n') {
        confirmed.run();
        messages.println("confirmed: AF_XDP stays");
        messages.flush();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "no confirmation can be read: " + e.getMessage());
    }
  }
}
