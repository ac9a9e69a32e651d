/// What `vexor spy` prints: the nodes of a cluster as a table, as JSON, as CSV.
///
/// ```
/// KnownContact ─ContactRow─▶ filter, sort ─▶ ContactTable (people) | ContactJson | ContactCsv
/// ```
///
/// Entry type: [org.vexor.node.spy.ContactRow]. Knows gossip's contacts, nothing of its network.
@NullMarked
package org.vexor.node.spy;

import org.jspecify.annotations.NullMarked;
