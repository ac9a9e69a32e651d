package org.vexor.gossip.crds;

import org.vexor.solana.Pubkey;

/// What a value replaces and is replaced by: of each label there is one value in a table.
///
/// @param kind of the value
/// @param owner who signed it
/// @param index which of several, for kinds of which an owner may have more than one
public record CrdsLabel(CrdsKind kind, Pubkey owner, int index) {}
