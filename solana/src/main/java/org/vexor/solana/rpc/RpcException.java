package org.vexor.solana.rpc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The node refused, answered with something else than JSON-RPC, or could not be reached.
public final class RpcException extends IOException {
  private static final long serialVersionUID = 1L;

  /// The code where there was no answer of JSON-RPC at all.
  public static final int NO_ANSWER = 0;

  private final int code;

  public RpcException(String message, int code) {
    super(message);
    this.code = code;
  }

  public RpcException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = NO_ANSWER;
  }

  /// The `code` of the node's error (JSON-RPC 2.0 §5.1), or [#NO_ANSWER].
  public int code() {
    return code;
  }
}
