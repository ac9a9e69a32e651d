package org.vexor.node.masque;

import java.util.List;
import java.util.Optional;
import org.vexor.masque.field.ProxyError;
import org.vexor.masque.field.ProxyStatus;

/// What a proxy's refusal of a tunnel is about.
public enum RefusalMeaning {
  /// It does not want us: credentials are missing or not accepted.
  ABOUT_US,
  /// It does not go to that address.
  ABOUT_TARGET,
  /// Something else.
  OTHER;

  private static final int AUTHENTICATE = 401;
  private static final int FORBIDDEN = 403;
  private static final int PROXY_AUTHENTICATE = 407;

  /// Of an answer with this status, and what proxies said with it.
  public static RefusalMeaning of(int status, List<ProxyStatus> said) {
    boolean aboutTarget =
        said.stream()
            .map(ProxyStatus::error)
            .flatMap(Optional::stream)
            .anyMatch(
                error ->
                    error.equals(ProxyError.DESTINATION_IP_PROHIBITED.token())
                        || error.equals(ProxyError.DESTINATION_IP_UNROUTABLE.token()));
    boolean aboutUs =
        status == AUTHENTICATE
            || status == PROXY_AUTHENTICATE
            || (status == FORBIDDEN && !aboutTarget);
    return aboutUs ? ABOUT_US : aboutTarget ? ABOUT_TARGET : OTHER;
  }
}
