"""The command line. Words in, words out: it calls `narrows.api` and nothing else of the house.

Data goes to standard output, everything else to standard error. Each verb is a module of its own, imported when it
is called, so that `narrows --help` answers at once.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

import click

from narrows import __version__
from narrows.errors import NarrowsError

# Verb -> what it does, as `narrows --help` tells it. The module of a verb is narrows.cli.<verb>.
VERBS: dict[str, str] = {
    "run": "Load files, resolve, screen and report: the main job in one call.",
    "demo": "Do the main job on the bundled example.",
    "new": "Make a new, empty case.",
    "load": "Load files into a case, or print the mapping that would be used.",
    "lists": "Load and show lists of people and firms, such as sanctions lists.",
    "resolve": "Work out who is who.",
    "judge": "Decide whether two parties are the same.",
    "screen": "Raise red flags and gather them into alerts.",
    "map": "Map trade as a whole: mirror gaps, surges, co-movement.",
    "report": "Write the report and the tables beside it.",
    "export": "Write one table of a case to a file.",
    "verify": "Check that a case is what it says it is.",
    "rebuild": "Drop everything derived and make it again.",
    "names": "Compare names, one pair or a table of them.",
    "indicators": "List, show, check and accept red flags.",
    "doctor": "Check the installation.",
}


class _Verbs(click.Group):
    """Imports a verb's module when it is called; lists the verbs without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command = import_module(f"narrows.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS, 1)
            did_you_mean = f" Did you mean {near[0]!r}?" if near else " See `narrows --help`."
            ctx.fail(f"There is no verb {args[0]!r}.{did_you_mean}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 ok, 1 error, 2 usage, 3 not found, 4 data rejected, 5 locked, "
    "10 flags at or above --fail-on.",
)
@click.version_option(__version__, prog_name="narrows")
def group() -> None:
    """Find the red flags of a supply chain, each with its evidence.

    \b
      narrows demo                             see it work on the bundled example
      narrows run CASE orders.csv payments.csv  from files to findings
      narrows export CASE alerts -o alerts.xlsx
    """


def main() -> None:
    """Run the command line; every error ends with its own exit code and a hint."""
    try:
        # A verb that ends with a code of its own (--fail-on) comes back with it here.
        code = group(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except NarrowsError as error:
        if "--json" in sys.argv:
            told = {"schema": "narrows.error/1", "error": type(error).__name__, "message": error.message,
                    "hint": error.hint}  # fmt: skip
            click.echo(json.dumps(told, ensure_ascii=False))
        click.echo(f"error: {error.message}", err=True)
        click.echo(f" hint: {error.hint}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            sys.stderr.close()
            sys.exit(1)
        click.echo(f"error: {error.filename or ''}: {error.strerror}".replace(": :", ":"), err=True)
        click.echo(" hint: Check that you may read and write there, and that the disk is not full.", err=True)
        sys.exit(1)
