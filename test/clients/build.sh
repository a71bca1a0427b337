#!/usr/bin/env bash
# Builds the clients of the tests that are written in Go, Java and Rust, and the S3 server that they put reports into,
# into .cache/clients, where the tests find them.
# Quick when nothing changed. Whatever is not here or too old is named and left out: its tests are then skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=$(cd ../.. && pwd)/.cache/clients
mkdir -p "$cache/bin"

build_go() {
  wanted go "$(go version 2>/dev/null)" 1.24 || return 0
  for program in go:smoke cert-manager:certmanager; do
    (cd go && GOTOOLCHAIN=local go build -mod=readonly -trimpath -o "$cache/bin/chancery-client-${program%:*}" "./${program#*:}") || return
  done
}

build_rust() {
  wanted cargo "$(cargo --version 2>/dev/null)" 1.94 || return 0
  (cd rust && cargo build --quiet --locked --target-dir "$cache/rust") || return
  ln -sf ../rust/debug/chancery-client-rust "$cache/bin/chancery-client-rust"
}

build_java() {
  wanted mvn "$(mvn --batch-mode --version 2>/dev/null)" 3.6 || return 0
  # Maven takes seconds to find that nothing changed, so it is started only when something did.
  [ -n "$(find java -newer "$cache/bin/chancery-client-java" -print -quit 2>&1)" ] || return 0
  (cd java && mvn --batch-mode --quiet --define "build.folder=$cache/java" compile) || return
  cat >"$cache/bin/chancery-client-java" <<'END'
#!/bin/sh
here=$(dirname "$0")/../java
exec java -XX:TieredStopAtLevel=1 -classpath "$here/classes:$here/lib/*" test.chancery.Main "$@"
END
  chmod 755 "$cache/bin/chancery-client-java"
}

# A real S3 server for test/objects: a minute or two and 84 MB, once.
versitygw=v1.8.0
build_s3() {
  [ -x "$cache/bin/versitygw" ] && [ "$(cat "$cache/versitygw.txt" 2>/dev/null)" = "$versitygw" ] && return 0
  wanted go "$(go version 2>/dev/null)" 1.25 || return 0
  GOTOOLCHAIN=local GOBIN="$cache/bin" go install "github.com/versity/versitygw/cmd/versitygw@$versitygw" || return
  echo "$versitygw" >"$cache/versitygw.txt"
}

# wanted PROGRAM WHAT_IT_SAID VERSION: whether it is here and not older than VERSION.
wanted() {
  local found
  found=$(grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' <<<"$2" | head -n 1 || true)
  [ -n "$found" ] && [ "$(printf '%s\n%s\n' "$3" "$found" | sort -V | head -n 1)" = "$3" ] && return 0
  echo "not building the client that needs $1 $3 or newer: found ${found:-none}" >&2
  return 1
}

for client in go rust java; do
  "build_$client" || echo "the client in test/clients/$client was not built: its tests will be skipped" >&2
done
build_s3 || echo 'versitygw was not built: the tests of S3 services will be skipped' >&2
