"""Papers for programs: what json answers."""

from yzplan.model.shape import Flag, Noun, noun
from yzplan.papers.paper import Paper, PaperKind, Stamp
from yzplan.render.machine import json_bytes


@noun
class PaperAnswer(Noun):
    """What json answers for a paper: no sentences, but the figures that they are made of."""

    paper: PaperKind
    title: str
    issue: str
    addressee: str
    draft: Flag
    stamp: Stamp
    facts: object


def answer(paper: Paper) -> PaperAnswer:
    """What json says of a paper."""
    return PaperAnswer(
        paper=paper.stamp.paper,
        title="".join(paper.title),
        issue=paper.issue,
        addressee=paper.addressee,
        draft=paper.stamp.is_draft,
        stamp=paper.stamp,
        facts=paper.facts,
    )


def json(paper: Paper) -> bytes:
    """The paper's figures for programs."""
    return json_bytes(answer(paper))
