"""Copy the browser scripts from node_modules to web/static/vendor: ``npm ci`` here, then ``python vendor.py``.

The only change made to a script is that its reference to a source map goes, since the map is not shipped.
``vendor.toml`` records what each file is; tests/web/test_vendor.py checks that it still is that.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent.parent / "web" / "static" / "vendor"
FILES = {  # package: (script in the package, licence text, name of the script here)
    "vis-data": ("standalone/umd/vis-data.min.js", "LICENSE-MIT", "vis-data.min.js"),
    "vis-network": ("peer/umd/vis-network.min.js", "LICENSE-MIT", "vis-network.min.js"),
}
HEAD = """# Scripts of others, exactly as published but for the reference to a source map, which is not shipped.
# Written by tests/js/vendor.py; "integrity" is that of the published package, "sha256" that of the file here.
"""


def without_source_map(script: bytes) -> bytes:
    """Return the script without the comment that would make a browser ask for a file that is not there."""
    return re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"\n", script)


def entry(package: str, lock: dict[str, dict[str, str]]) -> str:
    """Copy one script and its licence; return what vendor.toml says about it."""
    source, licence, name = FILES[package]
    folder = HERE / "node_modules" / package
    script = without_source_map((folder / source).read_bytes())
    (VENDOR / name).write_bytes(script)
    (VENDOR / f"{package}.LICENSE.txt").write_bytes((folder / licence).read_bytes())
    locked = lock[f"node_modules/{package}"]
    facts = {
        "name": package,
        "version": locked["version"],
        "file": name,
        "source": source,
        "licence": "MIT",  # the vis packages offer Apache-2.0 or MIT
        "licence_file": f"{package}.LICENSE.txt",
        "sha256": hashlib.sha256(script).hexdigest(),
        "integrity": locked["integrity"],
    }
    return "\n[[script]]\n" + "".join(f'{key} = "{value}"\n' for key, value in facts.items())


def main() -> None:
    """Copy every script and write vendor.toml."""
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    entries = [entry(package, lock) for package in FILES]
    (VENDOR / "vendor.toml").write_text(HEAD + "".join(entries), encoding="utf-8")


if __name__ == "__main__":
    main()
