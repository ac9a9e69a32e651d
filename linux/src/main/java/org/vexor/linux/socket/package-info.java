/// UDP sockets by system calls, with batches whose kernel structures are made once.
///
/// ```
/// UdpSocket (open, bind, options)  -->  ReceiveBatch.receive  recvmmsg(2)
///                                  -->  SendBatch.send        sendmmsg(2)
/// ```
///
/// Addresses are two longs in network order and a port; IPv4 is `::ffff:a.b.c.d`. Invariants:
/// batches allocate nothing after they are made and answer a count or `-errno`. Entry type:
/// [UdpSocket]. May depend on `org.vexor.linux` only.
@NullMarked
package org.vexor.linux.socket;

import org.jspecify.annotations.NullMarked;
