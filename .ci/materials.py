"""The list of materials, CycloneDX 1.6: what the program runs with, from the lock and from the scripts in the tree.

    python .ci/materials.py            # write docs/materials.cdx.json
    python .ci/materials.py --check    # write nothing; fail when it is not that of the lock

Versions and checksums are those of requirements/locked.txt and of web/static/vendor/vendor.toml. Licences are what the
installed packages say of themselves; of one that is not installed here, what the list said before.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK, VENDOR = ROOT / "requirements" / "locked.txt", ROOT / "web" / "static" / "vendor" / "vendor.toml"
WRITTEN = ROOT / "docs" / "materials.cdx.json"
_PIN = re.compile(r"^([a-z0-9._-]+)==(\S+?)(?: ; (.+?))? \\$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_ELSEWHERE = {"colorama": "BSD-3-Clause", "tzdata": "Apache-2.0", "pywin32": "PSF-2.0"}  # for other systems only
_UNSAID = {"ptyprocess": "ISC"}  # says it in its text only
_LONG = {"MIT License": "MIT", "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause"}


def materials() -> dict[str, Any]:
    """The whole list; the same tree gives the same bytes, but for licences (see above)."""
    components = sorted([*packages(), *scripts()], key=lambda one: str(one["bom-ref"]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "netofnets", "name": "netofnets"}},
        "components": components,
        "dependencies": [{"ref": "netofnets", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def packages() -> Iterator[dict[str, Any]]:
    """What the lock pins."""
    known = _licences_before()
    name, pinned = "", ("", "", [""])
    for line in [*LOCK.read_text(encoding="utf-8").splitlines(), "end==0 \\"]:
        if found := _PIN.match(line):
            if name and "== 'emscripten'" not in pinned[1]:  # Python in a browser, where the program does not run
                yield _package(name, *pinned, known.get(name, ""))
            name, pinned = found[1], (found[2], found[3] or "", [])
        pinned[2].extend(_HASH.findall(line))


def _package(name: str, version: str, marker: str, hashes: list[str], before: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "purl": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "licenses": [{"license": {"name": _licence(name) or before or _ELSEWHERE.get(name, "")}}],
        "properties": [{"name": "netofnets:locked-files", "value": _digest(hashes)}],
    }
    if marker:
        told["properties"].append({"name": "netofnets:only-where", "value": marker})
    return told


def _digest(hashes: list[str]) -> str:
    """One digest of the checksums of all files that the lock takes for a package."""
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()


def scripts() -> Iterator[dict[str, Any]]:
    """The scripts of others that pages load."""
    for script in tomllib.loads(VENDOR.read_text(encoding="utf-8"))["script"]:
        reference = f"pkg:npm/{script['name']}@{script['version']}"
        yield {
            "type": "library",
            "bom-ref": reference,
            "purl": reference,
            "name": script["name"],
            "version": script["version"],
            "licenses": [{"license": {"name": script["licence"]}}],
            "hashes": [{"alg": "SHA-256", "content": script["sha256"]}],
        }


def _licence(name: str) -> str:
    if name in _UNSAID:
        return _UNSAID[name]
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    classified = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier", []) if c.startswith("License ::")]
    first = (told.get("License") or "").strip().splitlines()[:1]
    found = (
        told.get("License-Expression") or (first[0] if first and len(first[0]) < 60 else "") or "; ".join(classified)
    )
    return _LONG.get(found, found)


def _licences_before() -> dict[str, str]:
    if not WRITTEN.is_file():
        return {}
    listed = json.loads(WRITTEN.read_text(encoding="utf-8"))["components"]
    return {one["name"]: one["licenses"][0]["license"]["name"] for one in listed}


def without_licences(listed: dict[str, Any]) -> list[dict[str, Any]]:
    """What must be the same on every machine."""
    return [{key: value for key, value in one.items() if key != "licenses"} for one in listed["components"]]


def main() -> int:
    """Write, or check; the exit code."""
    made = materials()
    if "--check" not in sys.argv:
        WRITTEN.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
        print(f"wrote {len(made['components'])} components")
        return 0
    kept = json.loads(WRITTEN.read_text(encoding="utf-8")) if WRITTEN.is_file() else {"components": []}
    unlicensed = [one["name"] for one in kept["components"] if not one["licenses"][0]["license"]["name"]]
    if without_licences(kept) != without_licences(made) or unlicensed:
        print(
            f"{WRITTEN.name} is not that of the lock {unlicensed or ''}; run: python .ci/materials.py", file=sys.stderr
        )
        return 1
    print(f"{len(kept['components'])} components are those of the lock")
    return 0


if __name__ == "__main__":
    sys.exit(main())
