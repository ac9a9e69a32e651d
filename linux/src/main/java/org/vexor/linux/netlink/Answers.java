package org.vexor.linux.netlink;

import java.util.ArrayList;
import java.util.List;
import org.vexor.linux.KernelException;

/// The messages that answer one request, up to the one that ends them.
final class Answers {
  private static final int NLM_F_DUMP_INTR = 0x10;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;

  private final List<Message> messages = new ArrayList<>();
  private final String what;
  private final int sequence;
  private boolean interrupted;

  /// @param sequence the number of the request; what answers others is passed over
  Answers(String what, int sequence) {
    this.what = what;
    this.sequence = sequence;
  }

  /// Takes the next message.
  ///
  /// @return whether it was the last: the end of a dump (which carries an error too), an
  ///   acknowledgement
  /// @throws KernelException when the kernel refuses the request
  boolean accept(Message message) {
    if (message.sequence() != sequence) {
      return false;
    }
    interrupted |= (message.flags() & NLM_F_DUMP_INTR) != 0;
    if (message.type() != NLMSG_DONE && message.type() != NLMSG_ERROR) {
      messages.add(message);
      return false;
    }
    int error = -message.body().s32(0);
    if (error > 0) {
      throw new KernelException("netlink", error, what, "");
    }
    return true;
  }

  List<Message> messages() {
    return messages;
  }

  /// Whether a table changed while it was dumped: entries may be missing or twice there.
  boolean isInterrupted() {
    return interrupted;
  }
}
