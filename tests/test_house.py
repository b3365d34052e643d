"""The house rules that no linter knows; CONTRIBUTING.md says why each is there.

Docstrings and types of public functions are checked by ruff (D1) and mypy (strict), borders between rooms by
import-linter. Each test here lists what breaks its rule, as ``file:line``.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("house")  # what one of them has parsed the others read
ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("netofnets", "ingest", "web")
TEXT = {
    ".py",
    ".js",
    ".ts",
    ".html",
    ".css",
    ".md",
    ".toml",
    ".txt",
    ".json",
    ".yml",
    ".yaml",
    ".xml",
    ".java",
    ".cypher",
    "",
}
LONGEST = {".py": 300, ".js": 250}
LONGEST_FUNCTION = 40
UNSAFE = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\("
    r"|\|\s*safe\b|\bMarkup\(|autoescape\s+false"
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|javascript:"
)
MACHINE = re.compile(r"/(?:root|work)/|/home/\w+/|/Users/\w+/|[A-Z]:\\\\?Users")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|registry\.yarnpkg|repo1?\.maven|proxy\.golang|deb\.debian\.org|cdnjs|jsdelivr|unpkg"
)


def kept_files() -> list[Path]:
    """Every file that git keeps or would keep, without what others wrote or what is written by a command."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout, so which files are ours is not known")
    paths = (ROOT / name for name in listed.stdout.splitlines())
    return [path for path in paths if path.is_file() and {"vendor", "built"}.isdisjoint(path.parts)]


def lines(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Every line of the text files among ``paths``, as (``file:line``, text)."""
    for path in paths:
        if path.suffix in TEXT:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """The syntax tree of every Python file in these top-level folders; of all when none is named."""
    for path in kept_files():
        relative = path.relative_to(ROOT)
        if path.suffix == ".py" and (not folders or relative.parts[0] in folders):
            yield relative, parsed(path)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from outside_functions(child)


def test_files_are_short() -> None:
    sizes = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in kept_files() if path.suffix in LONGEST
    }
    assert [f"{path.relative_to(ROOT)}: {size}" for path, size in sizes.items() if size > LONGEST[path.suffix]] == []


def test_functions_are_short() -> None:
    found = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LONGEST_FUNCTION:
                    found.append(f"{path}:{node.lineno} {node.name}: {size} lines")
    assert found == []


def test_every_module_says_what_it_is() -> None:
    missing = []
    for path, tree in trees():
        said = ast.get_docstring(tree) or ""
        empty_marker = path.name == "__init__.py" and not tree.body
        if not empty_marker and not said.split("\n\n")[0].rstrip().endswith((".", ":", "?")):
            missing.append(str(path))
    assert missing == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py"}
    assert [str(path.relative_to(ROOT)) for path in kept_files() if path.name in drawers] == []


def test_nothing_is_read_from_the_environment_at_import() -> None:
    found = []
    for path, tree in trees(*PACKAGES):
        for node in outside_functions(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
                found.append(f"{path}:{node.lineno}")
    assert found == []


def test_no_global_state_is_changed() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in trees(*PACKAGES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Global)
    ]
    assert found == []


def test_the_browser_is_never_given_markup_from_data() -> None:
    web = [path for path in kept_files() if path.is_relative_to(ROOT / "web")]
    assert [place for place, line in lines(web) if UNSAFE.search(line)] == []


def named_calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the last name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", None) or getattr(node.func, "id", ""), node


def test_no_text_is_run() -> None:
    """No code, command line or template from a text, and nothing read in that could be code."""
    # What this process has written into a file without a name, and what its own child sends back of a workbook.
    ours_alone = {"ingest/spill.py", "ingest/sources/workbook_process.py", "ingest/sources/workbook_client.py"}
    found = []
    for path, tree in trees(*PACKAGES):
        for name, call in named_calls(tree):
            bare = isinstance(call.func, ast.Name)
            shell = any(word.arg == "shell" and getattr(word.value, "value", 1) for word in call.keywords)
            if shell or name in RUNS_TEXT or (bare and name in {"eval", "exec", "compile", "__import__"}):
                found.append(f"{path}:{call.lineno} {name}")
        if str(path) not in ours_alone:
            found += [f"{path}:{line} {name}" for name, line in imported(tree) if name in READS_CODE]
    assert found == []


RUNS_TEXT = {"render_template_string", "from_string", "Markup", "system", "popen", "executescript", "allow_pickle"}
READS_CODE = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml"}


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The top-level packages that are imported anywhere in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((one.name.partition(".")[0], node.lineno) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0], node.lineno


def test_databases_are_asked_where_pyright_reads_the_questions() -> None:
    """Elsewhere than in the folders of pyrightconfig.json statements are plain texts, and nobody opens SQLite."""
    folders = tuple(json5(ROOT / "pyrightconfig.json")["include"])
    opens = {"netofnets/desk/backup.py", "netofnets/desk/restore.py"}  # they copy files whole and look at them
    found = []
    for path, tree in trees(*PACKAGES):
        if str(path).startswith(folders):
            continue
        for name, call in named_calls(tree):
            if name in {"execute", "executemany", "execute_query"} and not isinstance(call.args[0], ast.Constant):
                found.append(f"{path}:{call.lineno} {name}")
        if str(path) not in opens:
            found += [
                f"{path}:{line} {name}" for name, line in imported(tree) if name in {"sqlite3", "duckdb", "neo4j"}
            ]
    assert folders and found == []


def json5(path: Path) -> dict[str, list[str]]:
    """JSON with comments to the end of a line."""
    told: dict[str, list[str]] = json.loads(re.sub(r"\s//.*", "", path.read_text(encoding="utf-8")))
    return told


def test_nobody_is_led_where_a_request_says_but_by_the_one_helper() -> None:
    found = []
    for path, tree in trees("web"):
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for name, call in named_calls(function):
                if name == "redirect":
                    said = [one for part in fed_by(function, call.args[0]) for one in asked_for(part)]
                    found += [f"{path}:{call.lineno} {one}" for one in said]
    assert found == []


def fed_by(function: ast.FunctionDef, value: ast.expr) -> Iterator[ast.expr]:
    """An expression, and those of the same function that its names were given."""
    if isinstance(value, ast.IfExp):  # what decides between two is in neither
        yield from (*fed_by(function, value.body), *fed_by(function, value.orelse))
        return
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    yield value
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and node.value is not value:
            given = {one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)}
            if given & names:
                yield node.value


def asked_for(value: ast.expr) -> Iterator[str]:
    """What of the request stands in an expression, outside the helper that lets only paths of this site pass."""
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "own_path":
        return
    if isinstance(value, ast.Attribute) and getattr(value.value, "id", "") == "request":
        yield f"request.{value.attr}"
    for child in ast.iter_child_nodes(value):
        yield from asked_for(child)  # type: ignore[arg-type]


def test_the_rules_see_what_they_are_for() -> None:
    leads = ast.parse('def f():\n    to = request.args["next"]\n    return redirect(to)\n').body[0]
    safe = ast.parse("def f():\n    return redirect(own_path(request.args['next']))\n").body[0]
    for function, told in ((leads, ["request.args"]), (safe, [])):
        assert isinstance(function, ast.FunctionDef)
        [call] = [call for name, call in named_calls(function) if name == "redirect"]
        assert [one for part in fed_by(function, call.args[0]) for one in asked_for(part)] == told
    assert [name for name, _ in imported(ast.parse("import pickle\nfrom yaml import load"))] == ["pickle", "yaml"]
    assert {name for name, _ in named_calls(ast.parse("x.system(a); eval(b)"))} == {"system", "eval"}


def test_templates_hold_no_inline_script_or_style() -> None:
    templates = [path for path in kept_files() if path.is_relative_to(ROOT / "web") and path.suffix == ".html"]
    assert [place for place, line in lines(templates) if INLINE.search(line)] == []


def test_no_path_of_a_machine_and_no_registry_is_named() -> None:
    ours = [path for path in kept_files() if path != Path(__file__)]
    assert [place for place, line in lines(ours) if MACHINE.search(line) or REGISTRY.search(line)] == []


def test_locks_name_every_hash_and_no_address() -> None:
    for name in ("locked.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        pins = re.split(r"\n(?=\S)", text.strip())
        assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
        assert "://" not in text
        assert not re.search(r"^-", text, re.MULTILINE)


def test_the_development_lock_holds_the_runtime_lock() -> None:
    locked, dev = (pins(ROOT / "requirements" / name) for name in ("locked.txt", "dev.txt"))
    assert locked <= dev


def pins(lock: Path) -> set[str]:
    return set(re.findall(r"^[a-z0-9_.-]+==\S+", lock.read_text(encoding="utf-8"), re.MULTILINE | re.IGNORECASE))
