package org.vexor.masque.proxy.tunnel;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.masque.http.HttpVersion;

/// One request in the access log, when it is over.
///
/// @param version of HTTP
/// @param kind `udp`, `tcp`, or empty when it did not get so far
/// @param client where it came from
/// @param user who the client proved to be; empty when it did not have to
/// @param target only where the configuration asks for it
/// @param status of the answer; 0 when there was none
/// @param end how it ended, in words
/// @param toTargetBytes payload
/// @param toClientBytes payload
/// @param durationNs from the request on
public record TunnelRecord(
    HttpVersion version,
    String kind,
    InetSocketAddress client,
    String user,
    Optional<String> target,
    int status,
    String end,
    long toTargetBytes,
    long toClientBytes,
    long durationNs) {}
