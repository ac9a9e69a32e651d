package org.vexor.gossip.verify;

import java.util.List;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.packet.Endpoint;

/// A message on its way to the verifier.
///
/// @param values those of its values that are news to us; of other messages none
/// @param source where it came from
public record Unverified(GossipMessage message, List<CrdsValue> values, Endpoint source) {}
