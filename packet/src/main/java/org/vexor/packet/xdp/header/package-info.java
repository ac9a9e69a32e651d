/// Ethernet, IP and UDP headers, read and written where the packets lie.
///
/// ```
/// frame received ──▶ FrameParser ──▶ who to whom, where the payload lies      or: not ours
/// payload, FrameHeader of the path ──▶ HeaderWriter ──▶ frame to send         InternetChecksum
/// ```
///
/// Invariants: a parse reads nothing outside the frame whatever its bytes say, and never throws;
/// nothing allocates. Entry types: [FrameParser], [HeaderWriter]. Formats: RFC 791, 8200, 768, IEEE
/// 802.1Q. Knows the address form of [org.vexor.packet.Endpoint], and nothing of AF_XDP.
@NullMarked
package org.vexor.packet.xdp.header;

import org.jspecify.annotations.NullMarked;
