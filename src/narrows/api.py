"""The whole public face: `Case`, one short method for each verb.

The command line calls nothing else, and each verb of it is a method here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, overload

import pyarrow as pa

from narrows import __version__, flow, hindsight, installation
from narrows.casefile.published import View, published
from narrows.casefile.sql import named, names
from narrows.casefile.store import DATABASE, Store, create, open_store
from narrows.casefile.verify import verify
from narrows.errors import NotFound, Rejected, UsageError
from narrows.graph.choke import MOST, Best, Choke
from narrows.installation import example_files
from narrows.load import ListEntry
from narrows.load.columns.choose import proposals
from narrows.load.columns.mapping import read_mapping, write_mapping
from narrows.load.columns.propose import Proposal
from narrows.map.choke import Flow, Point, Stated
from narrows.model.outcome import Loaded, Outcome
from narrows.narrowing import Narrowing, narrowing
from narrows.narrowing.edges import Asked
from narrows.narrowing.table import as_table
from narrows.pairing import score_file
from narrows.report.tables import write_table
from narrows.resolve.judge import Doubt
from narrows.screen.rules.check import Finding, check
from narrows.screen.rules.contract import Indicator, read_folder, shipped
from narrows.settings import Settings, from_environment, of_case
from narrows.trace import Custody, Request
from narrows.vocab.names.compare import Comparison, compare
from narrows.vocab.names.parse import KINDS

__all__ = [
    "Best", "Case", "Choke", "Comparison", "Custody", "Doubt", "Finding", "Flow", "Indicator", "ListEntry", "Loaded",
    "Narrowing", "Outcome", "Point", "Progress", "Proposal", "Request", "Settings", "Table", "check_indicators",
    "choke_points", "compare_names", "demo", "doctor", "example_files", "exists", "indicators", "mapping_text", "new",
    "open", "propose", "score_names", "tables", "vocabulary",
]  # fmt: skip

DEMO_TITLE = "Straits (fictional example)"
SCHEMES = hindsight.SCHEMES  # that are replayed unless more are asked for
# What leaves for other tools under names of its own; no tables, since their rows are of many kinds.
FTM, NETWORK, EVENTS = "ftm", "network", "events"
_FOR_OTHERS = {FTM: flow.export_entities, NETWORK: flow.export_network, EVENTS: flow.export_events}

Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """Progress that nobody watches."""


def new(path: str | Path, *, settings: Settings | None = None) -> Case:
    """Make a new case in a folder that does not exist yet or is empty.

    Raises:
        UsageError: the folder is not empty.
    """
    return Case(create(Path(path), settings or from_environment()))


def open(path: str | Path, *, settings: Settings | None = None) -> Case:
    """Open a case.

    Raises:
        NotFound: there is no case.
        Locked: another process holds it.
    """
    return Case(open_store(Path(path), of_case(Path(path), settings or from_environment())))


def demo(path: str | Path, *, settings: Settings | None = None, progress: Progress = _silent) -> Case:
    """Make a new case of the bundled example, with everything done and the report written.

    Raises:
        UsageError: the folder is not empty.
    """
    case = new(path, settings=settings)
    with example_files() as files:
        case.run(*files, title=DEMO_TITLE, replay=True, progress=progress)
    return case


def doctor() -> tuple[installation.Check, ...]:
    """Check the installation: the libraries, the red flags that ship, the bundled example."""
    return installation.examine(__version__)


@dataclass(frozen=True)
class Table:
    """A table of a case, as Arrow, pandas, Polars, rows or HTML."""

    name: str
    arrow: pa.Table

    def df(self) -> Any:
        """Return a pandas DataFrame (needs the extra `narrows[frames]`)."""
        try:
            return self.arrow.to_pandas()
        except ImportError as error:
            raise UsageError("pandas is not installed", hint="pip install 'narrows[frames]'") from error

    def pl(self) -> Any:
        """Return a Polars DataFrame (needs the extra `narrows[frames]`)."""
        try:
            import polars
        except ImportError as error:
            raise UsageError("polars is not installed", hint="pip install 'narrows[frames]'") from error
        return polars.from_arrow(self.arrow)

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        found: list[dict[str, Any]] = self.arrow.to_pylist()
        return found

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def _repr_html_(self) -> str:
        shown = self.arrow.slice(0, 50).to_pylist()
        head = "".join(f"<th>{escape(c)}</th>" for c in self.arrow.column_names)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape('' if v is None else str(v))}</td>" for v in row.values()) + "</tr>"
            for row in shown
        )
        more = f"<caption>{self.name}: {len(shown)} of {len(self)} rows</caption>"
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Case:
    """One investigation: what was received, what it says, what deserves a look.

    Use it as a context manager, or call `close` when done.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def path(self) -> Path:
        """The folder of the case."""
        return self._store.path

    def run(
        self,
        *files: str | Path,
        mapping: str | Path | None = None,
        indicators: str | Path | None = None,
        title: str | None = None,
        replay: bool = False,
        progress: Progress = _silent,
    ) -> tuple[Outcome, ...]:
        """Load files, work out who is who, screen, and write the report: the main job in one call.

        Args:
            files: what to load.
            mapping: of the files; see `load`.
            indicators: a folder of further indicator files; see `screen`.
            title: of the report.
            replay: also replay the case, before the report is written.
            progress: is told what is being done.

        Raises:
            Rejected: some files could not be loaded. All were tried; those that could be are in the case, and nothing
                was screened.
        """
        loaded: list[Loaded] = []
        problems: list[Rejected] = []
        for file in files:
            try:
                loaded += self.load(file, mapping=mapping, progress=progress)
            except Rejected as problem:
                problems.append(problem)
        if problems:
            raise _not_all(problems, loaded, len(files))
        return (
            _load_outcome(loaded),
            self.resolve(progress=progress),
            self.screen(indicators=indicators, progress=progress),
            self.map(progress=progress),
            *([self.trace(progress=progress)] if flow.has_recoveries(self._store) else []),
            *((self.replay(progress=progress),) if replay else ()),
            self.report(indicators=indicators, title=title),
        )

    def load(
        self, file: str | Path, *, mapping: str | Path | None = None, progress: Progress = _silent
    ) -> tuple[Loaded, ...]:
        """Load one file, all of it or nothing.

        Args:
            file: CSV, TSV, XLSX, ODS, Parquet, JSON lines or followthemoney entities; or a photograph of a recovered
                item (JPEG, PNG, WebP), which is kept as received.
            mapping: a mapping file (TOML); without one Narrows finds out what the columns mean.
            progress: is told what is being done.

        Raises:
            FileProblem: the file cannot be read.
            MappingProblem: what the columns mean is not clear; see `propose`.
        """
        read = None if mapping is None else read_mapping(Path(mapping), name=str(mapping))
        return flow.load_file(self._store, Path(file), read, progress)

    def add_list(
        self,
        *files: str | Path,
        name: str | None = None,
        as_of: str | date | None = None,
        mapping: str | Path | None = None,
        progress: Progress = _silent,
    ) -> Outcome:
        """Load files as one version of a list of people and firms, all of them or none.

        Entries that the newest version of a list does not have any more stay in the case and count as delisted.

        Args:
            files: OFAC's SDN list (CSV or XML), the lists of the UN, the EU and the UK (XML or CSV), followthemoney
                entities, or any table with a mapping of kind "entities".
            name: of the list; None leaves it to the files.
            as_of: the day of the version, as a date or YYYY-MM-DD; None leaves it to the files, or else is today.
            mapping: a mapping file (TOML); without one Narrows finds out what the columns mean.
            progress: is told what is being done.

        Returns:
            What was loaded, how many entries each list now has, and what to look at.

        Raises:
            FileProblem: a file cannot be read.
            MappingProblem: what the columns mean is not clear; see `propose`.
            Rejected: a file holds no entities.
            UsageError: no file, or no such day.
        """
        if not files:
            raise UsageError("no file was given", hint="Name the files of one version of a list.")
        read = None if mapping is None else read_mapping(Path(mapping), name=str(mapping))
        return flow.add_list(self._store, [Path(file) for file in files], name, _day(as_of), read, progress)

    def lists(self) -> Table:
        """Return the lists of people and firms in the case, each version with what it holds."""
        return self.table("lists")

    def list_entry(self, name: str, entry_id: str) -> ListEntry:
        """Return everything about one entry of a list, with file and row.

        Args:
            name: the list's name, as `lists` tells it.
            entry_id: the publisher's number of the entry.

        Raises:
            NotFound: there is no such list or entry.
        """
        return flow.list_entry(self._store, name, entry_id)

    def resolve(self, *, progress: Progress = _silent) -> Outcome:
        """Work out who is who."""
        return flow.resolve_case(self._store, progress)

    def judge(self, left: str, right: str, verdict: str, *, reason: str) -> None:
        """Record what a person decided about two parties: it outranks the machine from the next `resolve` on.

        Args:
            left, right: parties, as the column `party` of the table parties names them.
            verdict: same, different or unsure; a new one on the same pair takes the place of an earlier one, which
                stays on record.
            reason: what the decision rests on.

        Raises:
            UsageError: no such verdict, or no reason.
            NotFound: there is no such party.
        """
        flow.judge_pair(self._store, left, right, verdict, reason)

    def doubts(self, *, most: int = 50) -> tuple[Doubt, ...]:
        """Return the pairs of parties that are hardest to decide, the closest to even first.

        Raises:
            UsageError: who is who was not worked out since the last change.
        """
        return flow.doubts_of(self._store, most)

    def screen(self, *, indicators: str | Path | None = None, progress: Progress = _silent) -> Outcome:
        """Raise red flags and gather them into alerts.

        Args:
            indicators: a folder of further indicator files; they run locked away, and count only once accepted.
            progress: is told what is being done.
        """
        return flow.screen_case(self._store, _outside(indicators), progress)

    def map(self, *, carriers: bool = False, progress: Progress = _silent) -> Outcome:
        """Map who supplies whom with what, where several flows meet, and on whom the flow under alert rests.

        Args:
            carriers: carriers, forwarders and banks stand in the network too; without, they are noise.
            progress: is told what is being done.

        Raises:
            UsageError: the case was not screened since its last change.
        """
        return flow.map_case(self._store, carriers, progress)

    def choke_points(
        self,
        *,
        commodities: Sequence[str] | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        sources: Sequence[str] | None = None,
        targets: Sequence[str] | None = None,
        most: int = 10,
    ) -> Flow:
        """Return on whom a stated flow rests: for each number of firms the set that carries most, with its share.

        Args:
            commodities: four-digit headings; None takes all.
            since, until: first and last day, as dates or YYYY-MM-DD.
            sources, targets: names of firms or places from which and to which goods go.
            most: the largest set of firms looked for.

        Raises:
            NotFound: no firm or place has such a name.
            UsageError: the case was not mapped since its last change, or no such day.
        """
        stated = Stated(
            None if commodities is None else tuple(commodities), _day(since), _day(until),
            None if sources is None else tuple(sources), None if targets is None else tuple(targets),
        )  # fmt: skip
        return flow.choke_points_of(self._store, stated, most)

    @overload
    def trace(self, item: None = None, *, progress: Progress = _silent) -> Outcome: ...

    @overload
    def trace(self, item: str, *, progress: Progress = _silent) -> Custody: ...

    def trace(self, item: str | None = None, *, progress: Progress = _silent) -> Outcome | Custody:
        """Trace recovered items from maker to find, or return what was traced of one.

        Args:
            item: the number of one item: what was traced of it is returned, and nothing is done.
            progress: is told what is being done.

        Raises:
            NotFound: there is no such item.
            UsageError: who is who was not worked out, or nothing was traced, since the last change.
        """
        return flow.trace_case(self._store, progress) if item is None else flow.custody_of(self._store, item)

    def draft_request(self, item: str, path: str | Path, *, to: str | None = None) -> Request:
        """Write the draft of a request about a recovered item as .txt, .html or .docx, and record it as documented.

        Nothing is sent: a person reads the draft, changes it and decides. One that was drafted and not sent is written
        again.

        Args:
            item: the item's number.
            path: the file to write; its ending decides.
            to: whom to ask, as the column `party` of the table parties names it; None takes what would settle most.

        Raises:
            NotFound: there is no such item or party.
            UsageError: the ending is not one of these, nobody can be asked, or the party is a private individual.
        """
        return flow.draft_request(self._store, item, Path(path), to)

    def set_request(self, request: str, state: str, *, reason: str, on: str | date | None = None) -> Request:
        """Record the next state of a request; only the steps that may follow are taken.

        Args:
            request: its number, such as R-1.
            state: documented, requested, acknowledged, answered, declined, no reply, right of reply, verified,
                releasable or confidential.
            reason: what happened.
            on: the day on which it happened, as a date or YYYY-MM-DD; None is today.

        Raises:
            NotFound: there is no such request.
            UsageError: no such state, not from here, no reason, or a day before the last step.
        """
        return flow.set_request(self._store, request, state, reason, _day(on))

    def requests(self) -> Table:
        """Return the requests about recovered items as they stand, with the steps that led there."""
        return self.table("requests")

    def inference(self, party: str, verdict: str, *, reason: str) -> None:
        """Record what a person infers of a party's part in chains of custody; until then nothing is inferred of
        anybody.

        Args:
            party: as the column `party` of the table parties names it.
            verdict: malpractice, or none to take it back.
            reason: what the decision rests on.

        Raises:
            NotFound: there is no such party.
            UsageError: no such verdict, or no reason.
        """
        flow.infer_of_party(self._store, party, verdict, reason)

    def replay(self, *, schemes: int = SCHEMES, progress: Progress = _silent) -> Outcome:
        """Replay the case day by day: who could first have asked about each scheme of alerts, and what sharing adds.

        The tables `schemes`, `consignments`, `replay` and `sharing` hold the answer.

        Args:
            schemes: how many are replayed, from the head of the queue; the outcome names the others.
            progress: is told what is being done.

        Raises:
            UsageError: fewer than one scheme, or the case was not screened as it stands.
        """
        if schemes < 1:
            raise UsageError(f"{schemes} schemes cannot be replayed", hint="Ask for one scheme or more.")
        return flow.replay_case(self._store, schemes, progress)

    def report(
        self,
        folder: str | Path | None = None,
        *,
        indicators: str | Path | None = None,
        title: str | None = None,
    ) -> Outcome:
        """Write the report and the tables beside it, into `report/` of the case or another folder."""
        target = self.path / "report" if folder is None else Path(folder)
        name = title or f"Case {self.path.resolve().name}"
        files = flow.report_case(self._store, target, _outside(indicators), __version__, name)
        return Outcome("report", {"files": len(files)}, files=tuple(map(str, files)))

    def verify(self) -> Mapping[str, int]:
        """Hash every received file again, follow the ledger, and hold each balance against the rows.

        Raises:
            Corrupt: something is not as it was written.
        """
        return verify(self._store)

    def rebuild(self, *, indicators: str | Path | None = None, progress: Progress = _silent) -> Outcome:
        """Drop everything derived and make it again from the evidence and the judgements."""
        return flow.rebuild_case(self._store, _outside(indicators), progress)

    def table(self, name: str) -> Table:
        """Return a table: alerts, hits, coverage, items, parties, entities, rejected, ...

        Raises:
            NotFound: there is no such table.
        """
        if name not in tables():
            hint = (
                f"Choose one of: {', '.join(tables())}; or export {FTM}, entities for followthemoney, {NETWORK}, the "
                f"network for graph and map tools, or {EVENTS}, custody for EPCIS."
            )
            raise NotFound(f"there is no table {name!r}", hint=hint)
        flow.check_fresh(self._store, name)
        return Table(name, self._store.engine.arrow(named("export", name)))

    def export(self, name: str, path: str | Path) -> Outcome:
        """Write a table as .csv, .xlsx, .parquet or .ndjson, by the ending of the path.

        "ftm" are the entities and the links between them as followthemoney entities, a JSON object a line, as .json,
        .ndjson or .jsonl; the warnings say what followthemoney has no place for.

        "network" are firms, places and what goes between them or ties them, as .graphml, .gexf or .geojson; persons are
        not in it. "events" is the custody of recovered items as GS1 EPCIS 2.0 events, as .jsonld, which `load` reads
        back. The warnings say what was left out.

        Raises:
            NotFound: there is no such table.
            UsageError: the ending is not one of these, or the case was not mapped or traced as it stands.
        """
        if name in _FOR_OTHERS:
            return _FOR_OTHERS[name](self._store, Path(path))
        found = self.table(name)
        target = write_table(found.arrow, Path(path))
        return Outcome("export", {"rows": len(found)}, files=(str(target),))

    def accept(self, indicator: Indicator, *, reason: str) -> None:
        """Record that a person has read an indicator from outside and accepts it, by the hash of its text.

        It then runs at every screening of this case, with or without its file.

        Raises:
            UsageError: no reason was given.
            IndicatorProblem: it does not hold to its contract.
        """
        if not reason.strip():
            raise UsageError("no reason was given", hint="Say in a few words why the indicator is accepted.")
        flow.accept_indicator(self._store, indicator, reason.strip())

    @property
    def alerts(self) -> Table:
        """The alerts, in the order of the queue."""
        return self.table("alerts")

    def close(self) -> None:
        """Close the case."""
        self._store.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _repr_html_(self) -> str:
        try:
            shown = self.table("alerts")
        except UsageError:  # not screened as it stands: what it holds can be shown all the same
            shown = self.table("sources")
        return f"<h3>Case {escape(self.path.name)}</h3>{shown._repr_html_()}"


def exists(path: str | Path) -> bool:
    """Whether there is a case in a folder."""
    return (Path(path) / DATABASE).is_file()


def tables() -> tuple[str, ...]:
    """The tables that can be asked for and exported."""
    return names("export")


def propose(file: str | Path) -> tuple[tuple[str, Proposal], ...]:
    """What Narrows makes of each sheet of a file, without loading it: sheet and proposal."""
    return proposals(Path(file))


def mapping_text(proposal: Proposal) -> str:
    """A proposal as the TOML text to correct and load with."""
    return write_mapping(proposal.mapping)


def compare_names(left: str, right: str, *, kind: str | None = None) -> Comparison:
    """Compare two names and say why: a score from 0 to 1 with its reasons.

    Args:
        left, right: as written, in any script.
        kind: organisation, person or vessel; None finds out from the words.

    Raises:
        UsageError: there is no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"there is no kind {kind!r}", hint=f"Say one of: {', '.join(KINDS)}.")
    return compare(left, right, kind)


def score_names(pairs: str | Path, out: str | Path) -> tuple[int, int]:
    """Score every pair of names of a table, and write the table with two more columns, `score` and `same`.

    Args:
        pairs: a table with the columns left and right, and if known kind, country_left, country_right.
        out: .csv, .xlsx, .parquet or .ndjson.

    Returns:
        How many pairs there are, and how many are the same.

    Raises:
        FileProblem: the table cannot be read, or has no such columns.
    """
    return score_file(Path(pairs), Path(out))


def choke_points(
    edges: str | Path,
    *,
    source: Sequence[str] = (),
    target: Sequence[str] = (),
    commodity: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    most: int = 10,
    undirected: bool = False,
    out: str | Path | None = None,
) -> Narrowing:
    """Find on which nodes the flow of a list of edges rests: the smallest cut, the best k nodes, dominators.

    Args:
        edges: a table with the columns source and target, and where known weight, commodity and date; or the folder of
            a mapped case, whose goods lines are the edges, each sale weighing 1.
        source, target: names of nodes between which the flow goes; without any, those that no edge leads to, and
            those that none leaves. They are never removed.
        commodity: only rows of this commodity; of a number also those that begin with it.
        since, until: only rows of these days, both included, as dates or YYYY-MM-DD.
        most: the best 1, 2, ... up to this many nodes are looked for.
        undirected: leave direction aside, and look for the nodes that hold the network together.
        out: a file for the choke points as a table: .csv, .xlsx, .parquet or .ndjson.

    Raises:
        NotFound: there is no such file, node, commodity or period.
        FileProblem: the file cannot be read, or has no such columns.
        UsageError: a node is both source and target, or the file lacks a column that is asked for.
    """
    if not 1 <= most <= MOST:
        raise UsageError(f"the best {most} nodes are not looked for", hint=f"Ask for 1 to {MOST}.")
    asked = Asked(commodity, _day(since), _day(until))
    with _edges_of(Path(edges)) as file:
        found = narrowing(file, sources=source, targets=target, asked=asked, most=most, undirected=undirected)
    if out is not None:
        write_table(as_table(found), Path(out))
    return found


def indicators(folder: str | Path | None = None) -> tuple[Indicator, ...]:
    """The indicators that ship with Narrows, or those of a folder."""
    return shipped() if folder is None else read_folder(Path(folder))


def check_indicators(folder: str | Path | None = None) -> Sequence[Finding]:
    """Hold indicators to their contract: every lint, every example. No finding means all is well."""
    return check(shipped() if folder is None else Path(folder))


def vocabulary() -> Mapping[str, View]:
    """The views and columns that an indicator may read, each with its meaning."""
    return published()


@contextmanager
def _edges_of(path: Path) -> Iterator[Path]:
    """Lend a list of edges as a file: the file itself, or one written of a case for the time of the block."""
    if not exists(path):
        yield path
        return
    with TemporaryDirectory(prefix="narrows-") as folder, open(path) as case:
        file = Path(folder) / f"{path.resolve().name}.parquet"
        case.export("hops", file)
        yield file


def _outside(folder: str | Path | None) -> tuple[Indicator, ...]:
    return () if folder is None else read_folder(Path(folder))


def _day(text: str | date | None) -> date | None:
    if text is None or isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day", hint="Write it as YYYY-MM-DD, such as 2025-03-31.") from None


def _not_all(problems: Sequence[Rejected], loaded: Sequence[Loaded], files: int) -> Rejected:
    if len(problems) == files == 1:
        return problems[0]
    told = "; ".join(problem.message for problem in problems)
    there = ", ".join(dict.fromkeys(part.file for part in loaded)) or "none"
    return type(problems[0])(
        f"{len(problems)} of {files} files could not be loaded, so nothing was screened: {told}",
        hint=f"{problems[0].hint} In the case by now: {there}. Then run `narrows run` again with all files.",
    )


def _load_outcome(loaded: Sequence[Loaded]) -> Outcome:
    counts = {
        "tables": len(loaded),
        "rows read": sum(p.rows_read for p in loaded),
        "kept": sum(p.rows_kept for p in loaded),
        "rejected": sum(p.rows_rejected for p in loaded),
    }
    warnings = [
        f"{p.place}: nobody reads the columns {', '.join(p.unread_columns)}" for p in loaded if p.unread_columns
    ]
    return Outcome("load", counts, tuple(warnings), loaded=tuple(loaded))
