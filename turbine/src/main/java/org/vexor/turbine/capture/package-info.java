/// Files of captured shreds and datagrams, in every format the field keeps them.
///
/// ```
/// bytes -> CaptureReader: which format is it, by its content? -> Capture.Recognised(format, datagrams)
///                                                             -> Capture.NotRecognised(why not, format by format)
/// ```
///
/// Invariant: no content throws; a file that is cut or inconsistent is not recognised, with the
/// reason. Entry types: [CaptureReader], [CaptureWriter]. Cold path, allocates freely. Judges no
/// shred: that is `org.vexor.turbine.shred`, of which it asks only whether a lone file can be one.
@NullMarked
package org.vexor.turbine.capture;

import org.jspecify.annotations.NullMarked;
