/// What drivers say of an interface and let be changed (ioctl SIOCETHTOOL, linux/ethtool.h): the
/// driver itself, queues, ring sizes, offloads, how packets are spread over the queues.
///
/// ```
/// Ethtool --driver, channels, rings, features, indirection--> facts (records)
///    `--changeChannels, changeRings--> SettingChange --close--> as it was before
/// ```
///
/// Invariants: reading needs no privilege and changes nothing; what a driver does not offer is an
/// empty answer, not an error; a change is asked for explicitly and undone by closing it. Layouts
/// are the same on x86_64 and aarch64. Entry type: [Ethtool]. Depends on [org.vexor.linux] only.
@NullMarked
package org.vexor.linux.ethtool;

import org.jspecify.annotations.NullMarked;
