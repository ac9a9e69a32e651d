/// What `vexor doctor` prints for people.
///
/// Pure text from a [org.vexor.packet.doctor.Diagnosis]; the form for programs is in
/// `org.vexor.node.json`. Entry type: [DiagnosisText].
@NullMarked
package org.vexor.node.doctor;

import org.jspecify.annotations.NullMarked;
