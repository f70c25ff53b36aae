#!/usr/bin/env python3
"""What the repository checks of itself, without a tool to build: needs cargo and Python 3.11.

- Dependencies that no source file names, as cargo-machete finds them, and those that only tests name.
- A Rust version that is enough for all that the published crates depend on.
- What crates.io and docs.rs want to know of each published crate.
- Links from one Markdown file to another, and to files and headings.
- Examples of the two clients that are alike but for `.await`.
- A changelog that has the version; versions and Rust versions that are the same wherever they are written.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Examples that the two clients have, line by line.
TWINS = ("first_request", "login", "media", "search", "stream")

faults = []


def main():
    metadata = json.loads(cargo("metadata", "--locked", "--format-version=1", "--all-features"))
    members = [p for p in metadata["packages"] if p["id"] in metadata["workspace_members"]]
    libraries = {p["id"]: library(p) for p in metadata["packages"]}
    by_name = {}
    for package in metadata["packages"]:
        by_name.setdefault(package["name"], set()).add(libraries[package["id"]])

    for member in members:
        dependencies(member, by_name)
        if member["publish"] != []:
            described(member)
    rust(metadata, members)
    links = sum(markdown(file) for file in tracked("*.md"))
    versions(members)
    for name in TWINS:
        twins(name)

    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(members)} manifests, {links} links: {len(faults)} faults")
    return 1 if faults else 0


# The manifests


def dependencies(member, libraries):
    """Each dependency is named by a source file; one that only tests name is for tests."""
    folder = Path(member["manifest_path"]).parent
    sources = {path: path.read_text() for path in folder.rglob("*.rs") if "target" not in path.parts}
    ignored = (member["metadata"] or {}).get("cargo-machete", {}).get("ignored", [])
    for dependency in member["dependencies"]:
        name = dependency["rename"] or dependency["name"]
        names = {name.replace("-", "_")} if dependency["rename"] else libraries[name]
        named = re.compile(rf"\b({'|'.join(names)})\b")
        users = [path for path, text in sources.items() if named.search(text)]
        if not users and name not in ignored:
            faults.append(f"{member['name']}: no source file names {name}")
        # What a feature turns on cannot be a dependency of tests.
        elif users and dependency["kind"] is None and not dependency["optional"] and not any(
                path.relative_to(folder).parts[0] in ("src", "benches") for path in users):
            faults.append(f"{member['name']}: only tests and examples name {name}")
        if dependency["req"] == "*":
            faults.append(f"{member['name']}: {name} in any version")


def rust(metadata, members):
    """Nothing that is published needs a newer Rust than it says."""
    packages = {p["id"]: p for p in metadata["packages"]}
    needs = {n["id"]: n["dependencies"] for n in metadata["resolve"]["nodes"]}
    number = lambda text: [int(part) for part in (text or "0").split(".")]
    published = [m for m in members if m["publish"] != []]
    least = min(number(m["rust_version"]) for m in published)
    seen, ahead = set(), [m["id"] for m in published]
    while ahead:
        package = packages[ahead.pop()]
        if package["id"] in seen:
            continue
        seen.add(package["id"])
        ahead += needs[package["id"]]
        if number(package["rust_version"]) > [*least, 999]:
            faults.append(f"{package['name']} {package['version']}: needs Rust {package['rust_version']}")


def described(member):
    """What crates.io shows, and takes: https://doc.rust-lang.org/cargo/reference/publishing.html."""
    name = member["name"]
    for key in ("description", "license", "readme", "rust_version", "keywords", "categories"):
        if not member[key]:
            faults.append(f"{name}: its manifest has no {key}")
    if len(member["keywords"]) > 5 or any(len(word) > 20 for word in member["keywords"]):
        faults.append(f"{name}: crates.io takes five keywords of twenty characters")
    docs = (member["metadata"] or {}).get("docs", {}).get("rs", {})
    if library(member) and docs.get("all-features") is not True:
        faults.append(f"{name}: docs.rs is not told to build all features")
    for licence in ("LICENSE-APACHE", "LICENSE-MIT"):
        if not (ROOT / name / licence).exists():
            faults.append(f"{name}: its package has no {licence}")


def library(package):
    kinds = {"lib", "rlib", "proc-macro", "cdylib", "dylib"}
    named = (t["name"] for t in package["targets"] if kinds & set(t["kind"]))
    return next(named, "").replace("-", "_")


# The documents


def markdown(file):
    """Where each relative link leads to is there. Returns how many there are."""
    text = re.sub(r"^(```|~~~).*?^\1", "", file.read_text(), flags=re.M | re.S)
    text = re.sub(r"`[^`\n]*`", "", text)
    targets = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text) + re.findall(r"^\[[^\]]+\]:\s*(\S+)", text, re.M)
    targets = [t for t in targets if is_path(t)]
    for target in targets:
        path, _, heading = target.partition("#")
        there = file.parent / path if path else file
        if not there.exists():
            faults.append(f"{shown(file)}: there is no {target}")
        elif heading and there.suffix == ".md" and heading not in headings(there):
            faults.append(f"{shown(file)}: {shown(there)} has no heading #{heading}")
    return len(targets)


def is_path(target):
    """Whether it is a file or a heading: no address, and no path of Rust, as rustdoc resolves."""
    return not re.match(r"[a-z+]+:|crate\b|self\b|super\b", target) and "::" not in target and (
        target.startswith("#") or "/" in target or "." in target)


def headings(file):
    text = re.sub(r"^(```|~~~).*?^\1", "", file.read_text(), flags=re.M | re.S)
    titles = re.findall(r"^#+ +(.*?) *$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def twins(name):
    """The async example is the blocking one, which waits in other words."""
    blocking, waiting = (ROOT / f"twitter-client-{kind}/examples/{name}{end}.rs"
                         for kind, end in (("blocking", ""), ("async", "_async")))
    words = r"\.await\b|\basync |#\[tokio::main\]|#\[path = .*\]|_async\b"
    said = re.sub(r"\b(twitter.client.)async\b", r"\1blocking", waiting.read_text())
    said = re.sub(words, "", said)
    # The formatter breaks lines elsewhere.
    plain = lambda text: re.sub(r",(?=[)}\]])", "", re.sub(r"\s", "", text))
    if plain(said) != plain(blocking.read_text()):
        faults.append(f"{shown(waiting)}: it is not as {shown(blocking)} but for `.await`")


def versions(members):
    workspace = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]
    version, rust = (workspace["package"][key] for key in ("version", "rust-version"))
    if not re.search(rf"^## {re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text(), re.M):
        faults.append(f"CHANGELOG.md: it has no section of {version}")
    for member in members:
        own = workspace["dependencies"].get(member["name"])
        if member["publish"] != [] and own and own["version"] != version:
            faults.append(f"Cargo.toml: {member['name']} is asked for as {own['version']}")
    for file in ("README.md", "CONTRIBUTING.md"):
        if f"Rust toolchain, {rust}" not in (ROOT / file).read_text():
            faults.append(f"{file}: it does not say that Rust {rust} is needed")


def tracked(pattern):
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard", "--", pattern], cwd=ROOT, check=True, capture_output=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def shown(file):
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
