"""The last step of every paper: its figures and tables into its template."""

from collections.abc import Mapping

from yzplan.model import Plan
from yzplan.model.shape import Noun
from yzplan.papers.composing import Template, compose
from yzplan.papers.paper import Paper, Stamp, Table


def draft(plan: Plan, stamp: Stamp, template: Template, facts: Noun, tables: Mapping[str, Table]) -> Paper:
    """The paper that a template makes of these facts.

    The template knows each fact by its key, and `stamp` (stamp.number, stamp.reply_by …). Raises DataError
    where it cannot be used.
    """
    figures = {key: getattr(facts, key) for key in facts.__dataclass_fields__}  # type: ignore[attr-defined]
    text = compose(template, {**figures, "stamp": stamp}, tables)
    return Paper(
        stamp=stamp,
        issuer=plan.header.office,
        title=text.title,
        issue=text.issue,
        addressee=text.addressee,
        blocks=text.blocks,
        attachments=text.attachments,
        facts=facts,
    )
