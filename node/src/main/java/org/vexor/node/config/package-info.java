/// Configuration files: TOML tables whose every key is known, or an error that names the nearest
/// one.
///
/// Invariants: a key that is not known, a value of another kind and a file that is no TOML are told
/// with their place; nothing is read twice. Entry types: [TomlTable], [Choice].
@NullMarked
package org.vexor.node.config;

import org.jspecify.annotations.NullMarked;
