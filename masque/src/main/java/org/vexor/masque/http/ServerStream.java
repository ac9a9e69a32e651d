package org.vexor.masque.http;

/// A request that a server answers. On the stream's event loop only.
public interface ServerStream extends RequestStream {
  /// Sends the response, once.
  ///
  /// @param last whether nothing follows; otherwise the stream stays open for the tunnel
  void respond(ResponseHead head, boolean last);
}
