package org.vexor.node.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.vexor.packet.doctor.Diagnosis;
import org.vexor.packet.probe.AsRoot;
import org.vexor.packet.select.Prospect;

/// What `vexor doctor --json` prints: one object. Topics, states and field names are stable; facts,
/// meanings and notes are for people and may change.
public final class DiagnosisJson {
  private DiagnosisJson() {}

  /// All that a diagnosis says.
  public static ObjectNode of(Diagnosis diagnosis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    AsRoot root = diagnosis.surroundings().root();
    json.put("uid", diagnosis.surroundings().privileges().uid());
    json.put("best", diagnosis.isBest());
    diagnosis
        .choice()
        .ifPresentOrElse(
            open -> json.put("backend", open.backend().label()), () -> json.putNull("backend"));
    ArrayNode findings = json.putArray("findings");
    diagnosis
        .findings()
        .forEach(finding -> findings.add(FindingJson.of(finding, "interface", root)));
    ArrayNode attempts = json.putArray("attempts");
    diagnosis.prospects().forEach(prospect -> attempts.add(attempt(prospect)));
    return json;
  }

  private static ObjectNode attempt(Prospect prospect) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("backend", prospect.backend().label());
    switch (prospect) {
      case Prospect.Open(var _, String how) ->
          json.put("open", true).put("outcome", how).put("remedy", "");
      case Prospect.Closed(var _, String outcome, String remedy) ->
          json.put("open", false).put("outcome", outcome).put("remedy", remedy);
    }
    return json;
  }
}
