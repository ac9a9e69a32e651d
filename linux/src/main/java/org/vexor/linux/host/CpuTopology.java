package org.vexor.linux.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The processors that are online, and what they share.
public record CpuTopology(List<Cpu> cpus) {
  private static final String FOLDER = "sys/devices/system/cpu/";
  private static final String NODES = "sys/devices/system/node/";
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final int UNKNOWN = -1;

  public CpuTopology {
    cpus = List.copyOf(cpus);
  }

  /// One of them.
  ///
  /// @param number as in /proc/cpuinfo
  /// @param socket number of the package it sits in; -1 when the kernel does not say
  /// @param core number of its core, unique within the package; processors with the same one are
  ///   hardware threads of it
  /// @param node its NUMA node; -1 when the kernel does not say
  public record Cpu(int number, int socket, int core, int node) {}

  /// Reads it; no processors when the kernel does not say.
  public static CpuTopology read(HostFiles files) {
    BitSet online = list(files.read(FOLDER + "online").value().orElse(""));
    List<BitSet> nodes = new ArrayList<>();
    for (int node = 0; files.has(NODES + "node" + node); node++) {
      nodes.add(list(files.read(NODES + "node" + node + "/cpulist").value().orElse("")));
    }
    return new CpuTopology(
        online.stream()
            .mapToObj(
                number ->
                    new Cpu(
                        number,
                        number(files, number, "physical_package_id"),
                        number(files, number, "core_id"),
                        node(nodes, number)))
            .toList());
  }

  private static int node(List<BitSet> nodes, int cpu) {
    for (int node = 0; node < nodes.size(); node++) {
      if (nodes.get(node).get(cpu)) {
        return node;
      }
    }
    return UNKNOWN;
  }

  private static int number(HostFiles files, int cpu, String name) {
    return files
        .read(FOLDER + "cpu" + cpu + "/topology/" + name)
        .value()
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(UNKNOWN);
  }

  /// Reads the kernel's form of a set, "0-3,8"; what is malformed in it is left out.
  public static BitSet list(String text) {
    BitSet set = new BitSet();
    for (String part : text.strip().split(",", -1)) {
      Matcher matcher = RANGE.matcher(part);
      if (matcher.matches()) {
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        set.set(first, Math.max(first, last) + 1);
      }
    }
    return set;
  }

  /// How many packages there are.
  public int sockets() {
    return (int) cpus.stream().mapToInt(Cpu::socket).distinct().count();
  }

  /// How many cores there are; each may run several hardware threads.
  public int cores() {
    return (int) cpus.stream().map(cpu -> List.of(cpu.socket, cpu.core)).distinct().count();
  }

  /// How many NUMA nodes have processors.
  public int nodes() {
    return (int) cpus.stream().mapToInt(Cpu::node).distinct().count();
  }
}
