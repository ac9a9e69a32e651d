/// What `vexor doctor` prints.
///
/// Text from a [org.vexor.packet.doctor.Diagnosis], whose form for programs is in
/// `org.vexor.node.json`; text and JSON from a [org.vexor.node.masque.doctor.ProxyDiagnosis]. Entry
/// types: [DiagnosisText], [ProxyDiagnosisText], [ProxyDiagnosisJson].
@NullMarked
package org.vexor.node.doctor;

import org.jspecify.annotations.NullMarked;
