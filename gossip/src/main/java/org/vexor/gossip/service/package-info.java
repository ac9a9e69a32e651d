/// A node with its threads, its file and its IP echo: gossip as a program uses it.
///
/// ```
/// thread "gossip"          GossipNode.doWork, or asleep in the engine
/// thread "gossip-verify"   VerifierAgent.doWork, or parked
/// ```
///
/// Entry type: [org.vexor.gossip.service.GossipService].
@NullMarked
package org.vexor.gossip.service;

import org.jspecify.annotations.NullMarked;
