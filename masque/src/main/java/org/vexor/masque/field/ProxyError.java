package org.vexor.masque.field;

import java.util.Arrays;
import java.util.Optional;

/// Why a proxy could not do what was asked: error types of RFC 9209 §2.3 with the HTTP status that
/// goes with each.
public enum ProxyError {
  DNS_TIMEOUT("dns_timeout", 504),
  DNS_ERROR("dns_error", 502),
  DESTINATION_NOT_FOUND("destination_not_found", 500),
  DESTINATION_UNAVAILABLE("destination_unavailable", 503),
  DESTINATION_IP_PROHIBITED("destination_ip_prohibited", 403),
  DESTINATION_IP_UNROUTABLE("destination_ip_unroutable", 502),
  CONNECTION_REFUSED("connection_refused", 502),
  CONNECTION_TERMINATED("connection_terminated", 502),
  CONNECTION_TIMEOUT("connection_timeout", 504),
  CONNECTION_LIMIT_REACHED("connection_limit_reached", 503),
  HTTP_REQUEST_ERROR("http_request_error", 400),
  HTTP_REQUEST_DENIED("http_request_denied", 403),
  HTTP_UPGRADE_FAILED("http_upgrade_failed", 502),
  PROXY_INTERNAL_ERROR("proxy_internal_error", 500),
  PROXY_CONFIGURATION_ERROR("proxy_configuration_error", 500),
  PROXY_LOOP_DETECTED("proxy_loop_detected", 502);

  private final String token;
  private final int status;

  ProxyError(String token, int status) {
    this.token = token;
    this.status = status;
  }

  /// Its name in the field.
  public String token() {
    return token;
  }

  /// The HTTP status to answer with, where nothing more is known.
  public int status() {
    return status;
  }

  /// The error of this name; empty when it is another one.
  public static Optional<ProxyError> of(String token) {
    return Arrays.stream(values()).filter(error -> error.token.equals(token)).findFirst();
  }
}
