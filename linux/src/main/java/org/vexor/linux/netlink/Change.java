package org.vexor.linux.netlink;

/// What a change in the kernel's tables concerns; in sets as bits of an int.
public enum Change {
  LINKS,
  ADDRESSES,
  /// Routes, policy rules, next-hop objects.
  ROUTES,
  NEIGHBOURS;

  /// The set of all.
  public static final int ALL = (1 << values().length) - 1;

  /// The empty set.
  public static final int NONE = 0;

  /// The set of this one.
  public int bit() {
    return 1 << ordinal();
  }

  /// Whether this is in a set.
  public boolean in(int set) {
    return (set & bit()) != 0;
  }

  /// The set that a message of the kernel is about; [#NONE] for others.
  static int of(Message message) {
    return switch (message.type()) {
      case NetworkReader.RTM_NEWLINK, NetworkReader.RTM_NEWLINK + 1 -> LINKS.bit();
      case NetworkReader.RTM_NEWADDR, NetworkReader.RTM_NEWADDR + 1 -> ADDRESSES.bit();
      case NetworkReader.RTM_NEWROUTE,
          NetworkReader.RTM_NEWROUTE + 1,
          NetworkReader.RTM_NEWRULE,
          NetworkReader.RTM_NEWRULE + 1,
          RTM_NEWNEXTHOP,
          RTM_NEWNEXTHOP + 1 ->
          ROUTES.bit();
      // Bridges announce what they learn as neighbours of their own family.
      case NetworkReader.RTM_NEWNEIGH, NetworkReader.RTM_NEWNEIGH + 1 ->
          message.body().u8(0) == AF_BRIDGE ? NONE : NEIGHBOURS.bit();
      default -> NONE;
    };
  }

  private static final int RTM_NEWNEXTHOP = 104;
  private static final int AF_BRIDGE = 7;
}
