package org.vexor.masque.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Where a proxy is: its name, asked of the system's resolver at each dial.
///
/// @param host name, or address without brackets
public record Destination(String host, int port) {
  /// Its addresses, in the resolver's order. The question is asked on a virtual thread, as it
  /// blocks.
  CompletionStage<List<InetAddress>> resolve() {
    var result = new CompletableFuture<List<InetAddress>>();
    var _ =
        Thread.ofVirtual()
            .name("resolve " + host)
            .start(
                () -> {
                  try {
                    result.complete(List.of(InetAddress.getAllByName(host)));
                  } catch (UnknownHostException _) {
                    result.completeExceptionally(
                        new DialException(
                            DialException.Stage.NAME, "host name " + host + " does not resolve"));
                  }
                });
    return result;
  }
}
