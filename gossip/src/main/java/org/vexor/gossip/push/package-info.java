/// Telling news: whom we tell, and whom we ask to stop telling us.
///
/// ```
/// peers by stake ──ActiveSet.rotate──▶ a dozen peers for each class of owners' stake ▶ news go to nine of them
///                                        └ less those who asked not to hear of an owner (prune)
/// pushes that come ──ReceivedCache──▶ who brings an owner's news first ▶ the others are asked to stop
/// ```
///
/// Invariants: our own news go to everybody in the set, whatever was asked; at least two peers are
/// left to bring each owner's news; all memories are bounded.
///
/// Entry types: [org.vexor.gossip.push.ActiveSet], [org.vexor.gossip.push.ReceivedCache]. Rules:
/// docs/wire.md §11. One thread.
@NullMarked
package org.vexor.gossip.push;

import org.jspecify.annotations.NullMarked;
