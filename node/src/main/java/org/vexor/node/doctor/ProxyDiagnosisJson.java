package org.vexor.node.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.vexor.masque.http.HttpVersion;
import org.vexor.node.json.FindingJson;
import org.vexor.node.masque.doctor.ProxyDiagnosis;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.probe.AsRoot;

/// What `vexor doctor --proxy URL --json` prints: one object. Topics, states and field names are
/// stable; facts, meanings and remedies are for people and may change.
public final class ProxyDiagnosisJson {
  private ProxyDiagnosisJson() {}

  /// All that a diagnosis says.
  public static ObjectNode of(ProxyDiagnosis diagnosis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("proxy", diagnosis.proxy());
    json.put("best", diagnosis.isBest());
    diagnosis
        .choice()
        .ifPresentOrElse(used -> json.put("http", used.label()), () -> json.putNull("http"));
    ArrayNode findings = json.putArray("findings");
    diagnosis
        .findings()
        .forEach(finding -> findings.add(FindingJson.of(finding, "http", AsRoot.DIRECTLY)));
    ArrayNode versions = json.putArray("versions");
    for (HttpVersion version : diagnosis.versions()) {
      ObjectNode each = versions.addObject();
      each.put("http", version.label());
      each.put("usable", diagnosis.usable().contains(version));
      each.put("obstacle", diagnosis.obstacle(version).map(Finding::topic).orElse(""));
    }
    return json;
  }
}
