package org.vexor.gossip.node;

import org.vexor.gossip.crds.ContactInfo;

/// A node that we know.
///
/// @param heardMs when it was heard of last, by our clock, in unix milliseconds
/// @param stakeLamports what stands behind it, as far as we were told
public record KnownContact(ContactInfo info, long heardMs, long stakeLamports) {}
