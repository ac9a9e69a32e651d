package org.vexor.packet.memory;

/// What a simulated network does to datagrams.
///
/// @param loss probability that a datagram is thrown away
/// @param duplication probability that it arrives twice
/// @param delayNs how long every datagram is under way at least
/// @param jitterNs up to how much longer, evenly distributed; datagrams overtake each other within
///   it
/// @param queueDatagrams how many can wait for one port; more are dropped as by a full socket
///   buffer
public record Impairment(
    double loss, double duplication, long delayNs, long jitterNs, int queueDatagrams) {
  /// Nothing lost, nothing late.
  public static final Impairment NONE = new Impairment(0, 0, 0, 0, 1 << 16);

  public Impairment {
    if (!(loss >= 0 && loss <= 1) || !(duplication >= 0 && duplication <= 1)) {
      throw new IllegalArgumentException(
          "probabilities must be between 0 and 1: loss " + loss + ", duplication " + duplication);
    }
    if (delayNs < 0 || jitterNs < 0 || queueDatagrams < 1) {
      throw new IllegalArgumentException(
          "delay "
              + delayNs
              + " ns, jitter "
              + jitterNs
              + " ns or queue "
              + queueDatagrams
              + " is too small");
    }
  }

  public Impairment withLoss(double probability) {
    return new Impairment(probability, duplication, delayNs, jitterNs, queueDatagrams);
  }

  public Impairment withDuplication(double probability) {
    return new Impairment(loss, probability, delayNs, jitterNs, queueDatagrams);
  }

  public Impairment withDelay(long atLeastNs, long jitter) {
    return new Impairment(loss, duplication, atLeastNs, jitter, queueDatagrams);
  }

  public Impairment withQueue(int datagrams) {
    return new Impairment(loss, duplication, delayNs, jitterNs, datagrams);
  }
}
