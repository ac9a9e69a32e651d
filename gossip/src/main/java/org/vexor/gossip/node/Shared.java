package org.vexor.gossip.node;

import org.vexor.gossip.ping.PingCache;
import org.vexor.gossip.push.ActiveSet;
import org.vexor.gossip.push.ReceivedCache;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.gossip.table.CrdsTable;

/// What both halves of a node work on: [Protocol], which answers, and [Rounds], which begin.
record Shared(
    GossipSigner signer,
    GossipOptions options,
    CrdsTable table,
    Contacts contacts,
    PingCache pings,
    ActiveSet activeSet,
    ReceivedCache received,
    Outbox outbox,
    GossipCounters counters) {}
