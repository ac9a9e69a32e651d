package org.vexor.turbine.tvu;

import org.agrona.concurrent.Agent;

/// An agent whose work throws nothing that has to be declared.
interface Stage extends Agent {
  @Override
  int doWork();
}
