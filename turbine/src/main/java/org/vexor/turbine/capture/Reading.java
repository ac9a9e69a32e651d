package org.vexor.turbine.capture;

import java.util.List;

/// What one format's reader says of some bytes.
sealed interface Reading {
  record Read(List<byte[]> datagrams, int framesSkipped) implements Reading {}

  record Not(String because) implements Reading {}
}
