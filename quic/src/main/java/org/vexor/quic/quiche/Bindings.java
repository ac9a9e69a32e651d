package org.vexor.quic.quiche;

/// How the calls into Netty are found, and what their failures become.
final class Bindings {
  private static final String PACKAGE = "io.netty.handler.codec.quic.";

  private Bindings() {}

  static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name);
  }

  static LinkageError missing(ReflectiveOperationException cause) {
    return new LinkageError(
        "this Netty is not the one that Vexor was built with (4.2.18): "
            + cause.getMessage()
            + "; put the netty-codec-classes-quic of the build on the class path",
        cause);
  }

  /// Netty's calls declare nothing that is checked.
  static AssertionError unexpected(Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return new AssertionError(cause);
  }
}
