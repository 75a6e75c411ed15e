"""`templates`: what the generated notes and messages are made from."""

import click

from vaultkeeper.cli.session import Session, dry_run_option, echo_json, json_option, pass_session


@click.group("templates", invoke_without_command=True)
@json_option
@click.pass_context
def templates_command(ctx: click.Context, as_json: bool) -> None:
    """The templates, and the variables that each is given.

    A file of the same name in the vault's Templates/vaultkeeper/ stands in for the product's.
    """

    if ctx.invoked_subcommand is not None:
        return
    session = ctx.find_object(Session)
    assert session is not None
    known = session.vault().templates().describe()
    if as_json:
        echo_json({"templates": [{"name": t.name, "own": t.own, "about": t.about} for t in known]})
        return
    for template in known:
        click.echo(f"{template.name}{'   (yours)' if template.own else ''}")
        for line in template.about.splitlines():
            click.echo(f"    {line}".rstrip())


@templates_command.command("eject", short_help="Copy a template into the vault.")
@click.argument("name")
@dry_run_option
@pass_session
def eject_command(session: Session, name: str, dry_run: bool) -> None:
    """Copy the product's template NAME into the vault, to be changed there."""
    from vaultkeeper.app.change import plan_new
    from vaultkeeper.app.vault import TEMPLATES
    from vaultkeeper.render.template import Templates

    vault = session.vault()
    name, text = Templates(None).source(name)
    change = plan_new(vault, f"{TEMPLATES}/{name}", text)
    if session.write(vault, [change], dry_run=dry_run):
        click.echo(change.path)
