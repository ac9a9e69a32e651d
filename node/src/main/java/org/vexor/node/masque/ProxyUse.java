package org.vexor.node.masque;

import java.util.Optional;
import java.util.function.Consumer;
import org.vexor.node.route.RouteBook;
import org.vexor.node.route.WayOut;
import org.vexor.node.status.Components;

/// The proxy of a program, as its roles use it: each of their decisions is in one book. Any thread,
/// but [#close] from none of the proxy's event loops, after those who use it were closed.
public final class ProxyUse implements AutoCloseable {
  private final MasqueNode node;
  private final RouteBook book;

  /// @param node closed with this
  /// @param lines takes a line for each change of a route
  public ProxyUse(MasqueNode node, Consumer<String> lines) {
    this.node = node;
    this.book = new RouteBook(lines);
  }

  /// What roles send by.
  public WayOut way() {
    return new WayOut(Optional.of(node), book);
  }

  /// Adds the rows of the proxy and of the routes.
  public void show(Components components) {
    components.add(node);
    components.add(book);
  }

  /// The proxy itself.
  public MasqueNode node() {
    return node;
  }

  @Override
  public void close() {
    node.close();
  }
}
