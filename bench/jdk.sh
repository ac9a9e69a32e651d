# Sets jdk to the home of a JDK that runs the benchmarks. Sourced by the scripts beside it, which have fail().
find_jdk() {
  local home major
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/*; do
    [[ -x $home/bin/java && -r $home/release ]] || continue
    major=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$home/release")
    if [[ -n $major ]] && ((major >= 25)); then echo "$home"; return; fi
  done
  return 1
}
jdk=$(find_jdk) || fail "no JDK 25 or newer in JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman"
