package org.vexor.gossip.bootstrap;

import java.util.OptionalInt;
import org.vexor.gossip.crds.IpAddress;

/// What an entrypoint says to one who asks.
///
/// @param address where the question came from
/// @param shredVersion of the entrypoint's cluster; servers of old do not say
public record EchoAnswer(IpAddress address, OptionalInt shredVersion) {}
