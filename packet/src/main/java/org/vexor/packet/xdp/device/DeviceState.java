package org.vexor.packet.xdp.device;

import java.time.Instant;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkSnapshot;

/// What is true of a device now; a new one is published at each change.
///
/// @param version counts the states of the device
/// @param network what the kernel knows of the network
/// @param link the interface, as last seen
/// @param attachment which attachment of the program this is, 0 for none; sessions of another are
///   to be given up
/// @param allQueues whether engines of ours have every receive queue
/// @param carrying whether frames can be sent and received
/// @param mode how, as `native, copy`
/// @param since when that became so
/// @param outcome why not; empty when they can
/// @param remedy what mends it; empty when nothing but waiting does
public record DeviceState(
    long version,
    NetworkSnapshot network,
    Link link,
    int attachment,
    boolean allQueues,
    boolean carrying,
    String mode,
    Instant since,
    String outcome,
    String remedy) {
  DeviceState seen(NetworkSnapshot newer, Link newerLink) {
    return new DeviceState(
        version + 1,
        newer,
        newerLink,
        attachment,
        allQueues,
        carrying,
        mode,
        since,
        outcome,
        remedy);
  }

  DeviceState withAllQueues(boolean all) {
    return new DeviceState(
        version + 1, network, link, attachment, all, carrying, mode, since, outcome, remedy);
  }

  DeviceState carriedBy(Attachment made, Instant now) {
    return new DeviceState(
        version + 1, network, link, made.number(), allQueues, true, made.mode(), now, "", "");
  }

  /// Frames stay where they are and wait.
  DeviceState paused(Trouble why, Instant now) {
    return new DeviceState(
        version + 1,
        network,
        link,
        attachment,
        allQueues,
        false,
        mode,
        now,
        why.outcome(),
        why.remedy());
  }

  /// Sessions of any other attachment than `next` are to be given up.
  DeviceState lost(int next, Trouble why, Instant now) {
    return new DeviceState(
        version + 1, network, link, next, allQueues, false, mode, now, why.outcome(), why.remedy());
  }

  boolean says(Trouble trouble) {
    return !carrying && outcome.equals(trouble.outcome());
  }
}
