package org.vexor.node.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// SIGHUP as a request to read the configuration again. The JDK's class for signals is not part of
/// its documented interface, so that it is looked for when the program runs.
public final class HangupSignal {
  private static final System.Logger LOG = System.getLogger(HangupSignal.class.getName());

  private HangupSignal() {}

  /// Calls `action` on each SIGHUP, on a thread of the JVM; where that cannot be had, says so once,
  /// and SIGHUP ends the process as ever.
  public static void on(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      Object hangup = signal.getConstructor(String.class).newInstance("HUP");
      Object _ = signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      Throwable cause = e instanceof InvocationTargetException inner ? inner.getCause() : e;
      LOG.log(System.Logger.Level.WARNING, "SIGHUP cannot be caught on this JVM: " + cause);
    }
  }
}
