package org.vexor.masque.proxy.request;

import java.util.Locale;
import org.vexor.masque.field.ProxyError;

/// Why a request was refused: the HTTP status and the error of RFC 9209 that each is told by.
public enum RefusalReason {
  DRAINING(503, ProxyError.DESTINATION_UNAVAILABLE),
  TOO_MANY_TUNNELS(503, ProxyError.CONNECTION_LIMIT_REACHED),
  TOO_MANY_TUNNELS_OF_CLIENT(503, ProxyError.CONNECTION_LIMIT_REACHED),
  NO_SOCKET(503, ProxyError.CONNECTION_LIMIT_REACHED),
  TOO_MANY_LOOK_UPS(503, ProxyError.CONNECTION_LIMIT_REACHED),
  DNS_TIMEOUT(504, ProxyError.DNS_TIMEOUT),
  DNS_ERROR(502, ProxyError.DNS_ERROR),
  PROHIBITED(403, ProxyError.DESTINATION_IP_PROHIBITED),
  UNROUTABLE(502, ProxyError.DESTINATION_IP_UNROUTABLE),
  CONNECTION_REFUSED(502, ProxyError.CONNECTION_REFUSED),
  CONNECTION_TIMEOUT(504, ProxyError.CONNECTION_TIMEOUT),
  BAD_REQUEST(400, ProxyError.HTTP_REQUEST_ERROR),
  CREDENTIALS_MISSING(407, ProxyError.HTTP_REQUEST_DENIED),
  CREDENTIALS_WRONG(407, ProxyError.HTTP_REQUEST_DENIED),
  NOT_OFFERED(403, ProxyError.HTTP_REQUEST_DENIED),
  METHOD(405, ProxyError.HTTP_REQUEST_ERROR),
  UNKNOWN_PROTOCOL(501, ProxyError.HTTP_REQUEST_ERROR),
  LOOP(508, ProxyError.PROXY_LOOP_DETECTED),
  INTERNAL(500, ProxyError.PROXY_INTERNAL_ERROR);

  private final int status;
  private final ProxyError error;

  RefusalReason(int status, ProxyError error) {
    this.status = status;
    this.error = error;
  }

  public int status() {
    return status;
  }

  public ProxyError error() {
    return error;
  }

  /// For metrics.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
