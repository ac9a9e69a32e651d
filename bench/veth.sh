# Two network namespaces $left (10.87.0.1 on v0) and $right (10.87.0.2 on v1), joined by a veth pair, until the script ends.
# Sourced by the scripts beside it, which have fail() and $work, a folder that goes with them.
[[ $(id -u) == 0 ]] || fail "network namespaces need root"
left=vexor-$$-left right=vexor-$$-right
remove() {
  local name pids
  for name in "$left" "$right"; do
    pids=$(ip netns pids "$name" 2>/dev/null) && [[ -n $pids ]] && kill $pids 2>/dev/null && sleep 0.5
    ip netns del "$name" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap remove EXIT
ip netns add "$left"
ip netns add "$right"
ip link add v0 netns "$left" type veth peer name v1 netns "$right"
ip -n "$left" addr add 10.87.0.1/24 dev v0
ip -n "$right" addr add 10.87.0.2/24 dev v1
for each in "$left v0" "$right v1"; do
  read -r name device <<<"$each"
  ip netns exec "$name" sysctl -qw "net.ipv6.conf.$device.disable_ipv6=1"
  ip -n "$name" link set lo up
  ip -n "$name" link set "$device" up
done
# Known neighbours: no ARP in between.
ip -n "$left" neigh replace 10.87.0.2 lladdr "$(ip netns exec "$right" cat /sys/class/net/v1/address)" dev v0 nud permanent
ip -n "$right" neigh replace 10.87.0.1 lladdr "$(ip netns exec "$left" cat /sys/class/net/v0/address)" dev v1 nud permanent

# await_line FILE TEXT PID: until the file of a program's output has a line with the text.
await_line() {
  local turns=0
  until grep -q -- "$2" "$1"; do
    kill -0 "$3" 2>/dev/null && ((turns++ < 300)) || fail "no '$2' from: $(tail -3 "$1" "$1.err" 2>/dev/null)"
    sleep 0.1
  done
}
