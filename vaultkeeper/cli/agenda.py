"""`due`: the agenda."""

import sys

import click

from vaultkeeper.cli.session import Session, echo_json, iso, json_option, pass_session, shown
from vaultkeeper.domain.item import Agenda, Item


@click.command("due")
@click.option("--days", type=click.IntRange(0, 3660), help="How far ahead to look for dates; else 7.")
@click.option("--all", "everything", is_flag=True, help="Without the week's quota.")
@click.option("--brief", is_flag=True, help="One line, for a prompt or a status bar.")
@json_option
@pass_session
def due_command(session: Session, days: int | None, everything: bool, brief: bool, as_json: bool) -> None:
    """Who to reach out to this week, why, and what to say."""
    from vaultkeeper.app.due import read_agenda
    from vaultkeeper.app.nightly import find_stopped
    from vaultkeeper.domain.view import view_from_today

    with session.opened(count_problems=not brief) as (vault, index):
        view = view_from_today(vault.policy, session.today, days)
        agenda = read_agenda(index, view, quota=not everything, advise_later=as_json)
    stopped = find_stopped(vault, session.now)
    if stopped is not None and not brief:
        session.say(f"{stopped.message}: vk doctor")
    if as_json:
        echo_json(_document(agenda))
    elif brief:
        click.echo(_brief(agenda))
    elif sys.stdout.isatty():
        from vaultkeeper.cli.screen import show_agenda

        show_agenda(agenda, vault.address)
    else:
        lines = ("\t".join(map(shown, _row(item))) for item in agenda.items)
        click.echo("".join(f"{line}\n" for line in lines), nl=False)


def _row(item: Item) -> tuple[str, ...]:
    what = (item.reason, item.due.isoformat(), item.detail, item.suggestion)
    return (item.name, *(" ".join(text.split()) for text in what), item.path)


def _brief(agenda: Agenda) -> str:
    names = list(dict.fromkeys(shown(item.name) for item in agenda.items if item.path))
    if not names:
        return "0 due"
    more = f" +{len(names) - 3}" if len(names) > 3 else ""
    return f"{len(names)} due: {', '.join(names[:3])}{more}"


def _document(agenda: Agenda) -> dict[str, object]:
    view = agenda.view
    return {
        "today": iso(view.today),
        "until": iso(view.last),
        "quota": agenda.quota,
        "items": [_item(item, agenda) for item in agenda.items],
        "later": [_item(item, agenda) for item in agenda.later],
    }


def _item(item: Item, agenda: Agenda) -> dict[str, object]:
    return {
        "contact": item.name if item.path else None,
        "path": item.path or None,
        "title": None if item.path else item.name,
        "reason": item.reason,
        "due": iso(item.due),
        "overdue_days": item.overdue_days(agenda.view.today),
        "detail": item.detail,
        "suggestion": item.suggestion,
        "touch": item.touch,
    }
