#!/bin/sh
# `oauth1-sign`, `bearer` and `twitter-types` have no thread, clock, socket, file or process but at edges that their
# `#[expect]`s name: the lint step has checked that. This shows that it would have noticed one of each.
set -eu
cd "$(dirname "$0")/.."

for crate in oauth1-sign bearer twitter-types; do
    if ! grep -q '^#!\[warn(clippy::disallowed_methods, clippy::disallowed_types)\]$' "$crate/src/lib.rs"; then
        echo "sans-io: $crate/src/lib.rs does not turn the lints on" >&2
        exit 1
    fi
done
found=$(CLIPPY_CONF_DIR=$PWD clippy-driver --edition 2024 --crate-type lib --emit metadata --out-dir "$(mktemp -d)" \
    -W clippy::disallowed_methods -W clippy::disallowed_types - 2>&1 <<'RUST' | grep -c '^warning: use of a disallowed'
pub fn thread() { std::thread::spawn(|| ()); }
pub fn sleep() { std::thread::sleep(std::time::Duration::ZERO); }
pub fn wait(condition: &std::sync::Condvar) { condition.notify_all(); }
pub fn clock() -> std::time::SystemTime { std::time::SystemTime::now() }
pub fn elapsed() -> std::time::Duration { std::time::Instant::now().elapsed() } // now, and elapsed
pub fn socket() -> bool { std::net::TcpStream::connect("127.0.0.1:9").is_ok() }
pub fn server() -> bool { std::net::TcpListener::bind("127.0.0.1:0").is_ok() }
pub fn file() -> bool { std::fs::File::open("/").is_ok() }
pub fn files() -> bool { std::fs::read_dir("/").is_ok() }
pub fn process() -> bool { std::process::Command::new("true").status().is_ok() }
RUST
)
if [ "$found" -ne 11 ]; then
    echo "sans-io: the lints find $found of 11" >&2
    exit 1
fi
echo "sans-io: each thread, clock, socket, file and process is one that is documented"
