package org.vexor.packet.doctor;

import java.util.List;
import java.util.Optional;

/// One thing that was looked at: fact, meaning, remedies.
///
/// @param topic its stable name, as "io_uring_disabled"; one of a kind for each subject
/// @param subject what it is about, such as an interface; empty when it is about the host or this
///   process, or about all
/// @param fact what is, with values
/// @param meaning what follows from it
/// @param remedies alternatives, best first; none when nothing is to mend
public record Finding(
    String topic,
    Optional<String> subject,
    State state,
    String fact,
    String meaning,
    List<Remedy> remedies) {
  public Finding {
    remedies = List.copyOf(remedies);
  }

  /// About the host or this process.
  public static Finding of(
      String topic, State state, String fact, String meaning, Remedy... remedies) {
    return new Finding(topic, Optional.empty(), state, fact, meaning, List.of(remedies));
  }

  /// About an interface, or another subject.
  public static Finding on(
      String subject, String topic, State state, String fact, String meaning, Remedy... remedies) {
    return new Finding(topic, Optional.of(subject), state, fact, meaning, List.of(remedies));
  }
}
