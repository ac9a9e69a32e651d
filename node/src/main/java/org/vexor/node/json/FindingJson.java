package org.vexor.node.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.doctor.Remedy;
import org.vexor.packet.probe.AsRoot;

/// A finding as an object.
public final class FindingJson {
  private FindingJson() {}

  /// All of it.
  ///
  /// @param subject the name of the field that says what the finding is about
  public static ObjectNode of(Finding finding, String subject, AsRoot root) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("topic", finding.topic());
    finding.subject().ifPresentOrElse(name -> json.put(subject, name), () -> json.putNull(subject));
    json.put("state", finding.state().word());
    json.put("fact", finding.fact());
    json.put("meaning", finding.meaning());
    ArrayNode remedies = json.putArray("remedies");
    finding.remedies().forEach(remedy -> remedies.add(remedy(remedy, root)));
    return json;
  }

  private static ObjectNode remedy(Remedy remedy, AsRoot root) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", remedy.kind().word());
    json.put("text", remedy.text());
    json.put("as_root", remedy.asRoot());
    json.put("paste", remedy.paste(root));
    remedy.undo().ifPresentOrElse(undo -> json.put("undo", undo), () -> json.putNull("undo"));
    json.put("disturbs", remedy.disturbs());
    json.put("note", remedy.note());
    return json;
  }
}
