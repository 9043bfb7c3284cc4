from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner
from house_plan import HOUSE, ROOT

from narrows import api
from narrows.cli import VERBS, group
from narrows.errors import NarrowsError, UsageError

# What `narrows indicators ...` calls, as there is one indicator or a folder of them to speak of.
ON_INDICATORS = {
    "list": api.indicators,
    "show": api.indicators,
    "sql": api.indicators,
    "check": api.check_indicators,
    "vocabulary": api.vocabulary,
    "accept": api.Case.accept,
}
# And `narrows lists ...`, all of which speak of one case.
ON_LISTS = {"lists add": api.Case.add_list, "lists show": api.Case.lists, "lists entry": api.Case.list_entry}
# And `narrows names ...`, which need no case.
ON_NAMES = {"names compare": api.compare_names, "names score": api.score_names}
# `narrows chokepoints` needs no case either.
ELSEWHERE = {"chokepoints": api.choke_points}
# And `narrows request ...`, all of which speak of one case.
ON_REQUESTS = {
    "request draft": api.Case.draft_request,
    "request set": api.Case.set_request,
    "request show": api.Case.requests,
}
# Modules of narrows.cli that are no verbs.
SHARED = {"__init__", "fail", "say"}
# Words of the command line that have no twin in Python: how to print, when to fail, and to ask on a terminal.
PRINTING = {"as_json", "quiet", "fail_on", "propose", "review"}
# Where one word of the command line stands for another in Python.
OTHERWISE = {"case": "path", "files": "file", "out": "folder", "table": "name", "folder": "folder"}


def commands() -> dict[str, click.Command]:
    """Every command that can be called, by the words that call it."""
    context = click.Context(group)
    found: dict[str, click.Command] = {}
    for verb in VERBS:
        command = group.get_command(context, verb)
        assert command is not None
        if isinstance(command, click.Group):
            found |= {f"{verb} {name}": inner for name, inner in command.commands.items()}
        else:
            found[verb] = command
    return found


def twin(words: str) -> object:
    """The method or function that a command calls."""
    if words in ON_LISTS | ON_NAMES | ON_REQUESTS | ELSEWHERE:
        return (ON_LISTS | ON_NAMES | ON_REQUESTS | ELSEWHERE)[words]
    verb, _, rest = words.partition(" ")
    return ON_INDICATORS[rest] if rest else getattr(api.Case, verb, None) or getattr(api, verb, None)


def test_every_verb_is_a_module_and_every_module_a_verb():
    assert {path.stem for path in (HOUSE / "cli").glob("*.py")} - SHARED == set(VERBS)
    assert {words.split()[0] for words in commands()} == set(VERBS)


@pytest.mark.parametrize("words", commands())
def test_every_verb_is_python_too(words):
    assert inspect.isfunction(twin(words)), f"neither Case nor narrows.api has {words}"


@pytest.mark.parametrize("words", [words for words in commands() if " " not in words])
def test_what_the_command_line_can_say_python_can_say(words):
    said = {p.name for p in commands()[words].params if p.name not in PRINTING | {"help"}}
    method = hasattr(api.Case, words)
    known = set(inspect.signature(twin(words)).parameters) | ({"case"} if method else set())
    if words == "export":  # -o is the file, not a folder
        known |= {"table", "out"}
    assert {OTHERWISE.get(word, word) if word not in known else word for word in said} <= known


@pytest.mark.parametrize("words", commands())
def test_every_verb_answers_as_json_and_says_what_it_does(words):
    command = commands()[words]
    assert any("--json" in p.opts for p in command.params)
    assert command.help


def test_an_error_is_json_too(tmp_path):
    words = [sys.executable, "-m", "narrows", "verify", str(tmp_path / "none"), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    told = json.loads(done.stdout)
    assert (told["schema"], told["error"], done.returncode) == ("narrows.error/1", "NotFound", 3)
    assert told["hint"]


def test_an_answer_names_its_schema(tmp_path):
    case = str(tmp_path / "case")
    export = ["export", case, "ledger", "-o", f"{case}.csv"]
    for words in (["new", case], ["verify", case], export, ["indicators", "list"]):
        told = json.loads(CliRunner().invoke(group, [*words, "--json"], catch_exceptions=False).stdout)
        assert told["schema"].startswith("narrows.") and told["schema"].endswith("/1")


def test_everything_public_has_a_docstring():
    offered = {name: getattr(api, name) for name in api.__all__}
    public = {name: value for name, value in offered.items() if inspect.isfunction(value) or inspect.isclass(value)}
    for kind in (api.Case, api.Table):
        public |= {f"{kind.__name__}.{name}": value for name, value in vars(kind).items() if inspect.isfunction(value)}
    told = {name: inspect.getdoc(value) or "" for name, value in public.items() if not name.partition("._")[1]}
    assert "Case.load" in told
    assert not [name for name, text in told.items() if not text.strip() or text.startswith(f"{name}(")]


def test_what_is_offered_is_there_in_order():
    assert sorted(api.__all__, key=lambda name: (name.islower(), name)) == api.__all__
    assert all(hasattr(api, name) for name in api.__all__)


def test_the_readme_tells_of_every_verb():
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = []
    for words in commands():
        *group_name, verb = words.split()
        before = "".join(f"{name} " for name in group_name)
        if not re.search(rf"narrows {before}(?:[a-z]+\|)*{verb}\b", told):
            missing.append(words)
    assert not missing


def test_what_leaves_for_other_tools_is_told_everywhere(tmp_path):
    help_of_export, readme = commands()["export"].help, (ROOT / "README.md").read_text(encoding="utf-8")
    with api.new(tmp_path / "case") as case:
        for name in (api.FTM, api.NETWORK, api.EVENTS):
            assert name not in api.tables()
            assert f"`{name}`" in help_of_export and f"narrows export CASE {name} -o" in readme
            assert f'"{name}"' in api.Case.export.__doc__
            with pytest.raises(UsageError) as raised:
                case.export(name, tmp_path / "file.txt")
            assert raised.value.hint


def test_the_errors_are_a_tree_with_hints_and_codes():
    kinds, more = {NarrowsError}, [NarrowsError]
    while more:
        more = [kind for parent in more for kind in parent.__subclasses__()]
        kinds |= set(more)
    codes = {kind.__name__: (kind.exit_code, kind.status) for kind in kinds}
    assert codes["NotFound"] == (3, 404)
    assert codes["FileProblem"] == codes["Rejected"] == (4, 422)
    assert {exit_code for exit_code, _ in codes.values()} == {1, 2, 3, 4, 5}
    told = (HOUSE / "errors.py").read_text(encoding="utf-8").split('"""')[1]
    assert all(kind.__name__ in told for kind in kinds if kind.__module__ == "narrows.errors")
