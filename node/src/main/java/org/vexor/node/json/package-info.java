/// What the program says in JSON: the field names that its users' scripts rely on.
///
/// Pure functions from the records of other modules to trees of Jackson; who prints them, and
/// where, is not known here. Entry type: [BlockJson].
@NullMarked
package org.vexor.node.json;

import org.jspecify.annotations.NullMarked;
