package org.vexor.packet.xdp.device;

/// How much an engine keeps on the rings of each of its queues; powers of two.
///
/// @param receive packets that wait for us
/// @param fill frames that wait for packets; twice `receive` rides out a pause
/// @param transmit packets that wait for the kernel, and as many that it has finished
/// @param filled frames kept with the kernel, at most `fill`
/// @param busyPollMicros how long the kernel polls the NIC within a call of ours; 0 for not
public record RingSizes(int receive, int fill, int transmit, int filled, int busyPollMicros) {}
