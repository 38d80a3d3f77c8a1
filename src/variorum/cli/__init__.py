"""The command line. A command is a file here, imported only when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from variorum.about import __version__

_COMMANDS = {
    "up": ("up", "Watch sources and serve the pages, in one process."),
    "add": ("sources", "Say what each URL is, and watch it."),
    "sources": ("sources", "List sources with their health; pause, resume or remove them."),
    "check": ("check", "Look once at everything that is due."),
    "worker": ("worker", "One of many that watch an archive in PostgreSQL."),
    "people": ("people", "Who may change what the pages show."),
    "serve": ("up", "Serve the pages and the API only."),
    "log": ("history", "The versions of an article."),
    "show": ("history", "One version of an article."),
    "diff": ("compare", "What differs between two versions, or two files."),
    "claims": ("compare", "Who says what; with a second text, which claims changed."),
    "extract": ("extract", "The story on a page."),
    "search": ("search", "Find words in every version."),
    "changes": ("search", "What changed lately."),
    "migrate": ("migrate", "Copy an archive to PostgreSQL, or back."),
    "import": ("transfer", "Bring in captures and texts from files."),
    "backfill": ("backfill", "Take the past of articles from another web archive."),
    "export": ("export", "Write out versions, tables, captures, packages or a dossier."),
    "verify": ("verify", "Check the archive's evidence, offline."),
    "timestamp": ("verify", "Have the evidence log stamped by outside authorities."),
    "rotate-key": ("verify", "Sign the evidence log with a new key."),
    "corpus": ("corpus", "Whole collections into tables, on all cores or a cluster."),
    "query": ("corpus", "Questions to such tables, with drawings."),
    "reextract": ("check", "Read old captures again with today's extractor."),
    "doctor": ("doctor", "What this installation can and cannot do."),
}


class _LazyGroup(click.Group):
    """Knows the commands by name and one line, so that help and start-up import none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"variorum.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS:
            import difflib

            near = difflib.get_close_matches(name, _COMMANDS, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"no command '{name}'.{hint} 'variorum --help' lists them.")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine, 1 differences (diff --exit-code), 2 usage or unreadable input, "
    "3 some items failed, 130 interrupted.",
)
@click.option(
    "--archive",
    envvar="VARIORUM_ARCHIVE",
    default="archive",
    show_default=True,
    help="The archive's directory, or postgresql://user@host/database?captures=/shared/directory.",
)
@click.version_option(__version__, prog_name="variorum")
@click.pass_context
def _cli(ctx: click.Context, archive: str) -> None:
    """Keep every version of every story, show what changed, and say which claims changed.

    \b
    variorum up                            watch the built-in demo newspaper
    variorum up https://example.org/feed   watch a feed, and serve http://127.0.0.1:8080
    variorum diff old.html new.html        compare two saved pages
    """
    ctx.ensure_object(dict)
    ctx.obj["archive"] = archive


def main(args: list[str] | None = None) -> None:
    """The entry point: runs a command and ends the process with its exit code."""
    try:
        code: Any = _cli.main(args=args, prog_name="variorum", standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        # A file or a device that failed where no command expects it: not a fault of the program.
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"Error: {where}{error.strerror or error}", err=True)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)
