package org.vexor.gossip.node;

import java.util.Locale;

/// What a node counts.
public enum GossipCount {
  /// Datagrams off the port; each is one of the next five, or one of the messages that went to the
  /// verifier.
  DATAGRAMS,
  /// Dropped unread: their sender had used up its budget.
  OVER_BUDGET,
  /// Not messages; the refusals say why.
  UNREADABLE,
  /// Dropped: the verifier is behind.
  VERIFIER_FULL,
  /// Read, and nothing new in them.
  NOTHING_NEW,
  /// Ours, come back.
  FROM_SELF,

  PULL_REQUESTS,
  PULL_RESPONSES,
  PUSHES,
  PRUNES,
  PINGS,
  PONGS,

  /// Signatures that do not hold.
  BAD_SIGNATURES,
  /// Pull requests of callers that are not verified; they got a ping, if one was due.
  CALLERS_UNVERIFIED,
  /// Pull requests that no server of today answers: another value than a contact info, another
  /// cluster, too few mask bits, a clock that is off.
  CALLERS_REFUSED,
  /// Pull requests not answered, or not fully, for want of budget.
  PULL_BUDGET_EMPTY,
  /// Prunes for somebody else, or too old.
  PRUNES_REFUSED,
  /// Pongs that answer no ping of ours.
  PONGS_UNEXPECTED,
  /// Contact infos whose gossip address did not answer yet.
  CONTACTS_UNVERIFIED,

  VALUES_INSERTED,
  VALUES_REPLACED,
  VALUES_DUPLICATE,
  VALUES_OUTDATED,
  /// Refused by the table's rules.
  VALUES_REFUSED,
  /// Dropped because they were too old, or there were too many owners.
  VALUES_REMOVED,
  /// News not passed on: too many at a time.
  PUSH_QUEUE_FULL,
  /// Contact infos of a later process with our identity.
  DUPLICATE_INSTANCES,

  SENT_PULL_REQUESTS,
  SENT_PULL_RESPONSES,
  SENT_PUSHES,
  SENT_PRUNES,
  SENT_PINGS,
  SENT_PONGS,
  /// Values in the pushes sent.
  SENT_PUSHED_VALUES,
  /// Messages that the port had no room for.
  SEND_FULL;

  /// The name in metrics.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
