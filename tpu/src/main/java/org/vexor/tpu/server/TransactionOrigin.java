package org.vexor.tpu.server;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.solana.Pubkey;

/// Who sent; one object for the life of a connection.
///
/// @param identity the key that the client proved to hold; empty when it showed none
/// @param stake of that key when the connection was made; 0 without
public record TransactionOrigin(InetSocketAddress remote, Optional<Pubkey> identity, long stake) {}
