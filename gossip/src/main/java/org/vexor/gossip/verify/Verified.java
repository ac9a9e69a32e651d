package org.vexor.gossip.verify;

import java.util.List;
import org.vexor.gossip.crds.CrdsValue;

/// A message whose signatures were looked at.
///
/// @param checked what was offered
/// @param isSigned whether the message's own signature holds: that of a ping, pong or prune, and
///   the caller's of a pull request; true for those that have none
/// @param good the values whose owners signed them
public record Verified(Unverified checked, boolean isSigned, List<CrdsValue> good) {
  /// How many signatures did not hold.
  public int badCount() {
    return (isSigned ? 0 : 1) + checked.values().size() - good.size();
  }
}
