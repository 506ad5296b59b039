"""A paper's stamp as text, for machines and for people, and back: by it a paper can be printed again."""

import datetime as dt
import json
import re
from typing import Any

from yzplan.errors import DataError
from yzplan.model import Month, Period, facts
from yzplan.papers.filters import day
from yzplan.papers.paper import Stamp
from yzplan.store.source import hidden_character

MAX_STAMP = 10_000
"""How many characters a stamp may have; ours have a few hundred."""
DRAFT = "草稿：数据还没有提交，不能重印"
"""What stands at the top of a paper that says what nobody committed."""

_DAYS = ("reply_by", "dated", "known_at", "written_on")
_REMEDY = "用原来印发的文件；它不在了，就按当时的提交（--rev）重新出一份"
_REVISION = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_SHOWN = 12
"""How many digits of a revision people are shown, as git abbreviates it."""


def stamp_text(stamp: Stamp) -> str:
    """The stamp as canonical JSON on one line: its facts, keys sorted, no spaces, not ASCII-escaped."""
    return json.dumps(facts(stamp), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_stamp(text: str) -> Stamp:
    """The stamp that `stamp_text` wrote, whatever escapes a format put into it.

    Raises DataError for any other text.
    """
    if len(text) > MAX_STAMP:
        raise _unusable("太长")
    try:
        value = json.loads(text, object_pairs_hook=_distinct)
    except (ValueError, RecursionError) as error:
        raise _unusable("不是 JSON") from error
    return stamp_of(value)


def stamp_of(value: Any) -> Stamp:
    """The stamp of its facts as JSON has them; a key that says nothing may be absent or null.

    Raises DataError for anything else.
    """
    from yzplan.store.schema import validator

    try:
        validator(Stamp).validate_python(value)
    except ValueError as error:  # pydantic's own is one
        raise _unusable("键或值不对") from error
    if any(hidden_character(each) for each in value.values() if isinstance(each, str)):
        raise _unusable("有看不见的字符")
    given = {key: each for key, each in value.items() if each is not None}
    given |= {key: dt.date.fromisoformat(given[key]) for key in _DAYS if key in given}
    if "month" in given:
        given["month"] = Month.from_iso(given["month"])
    if "period" in given:
        given["period"] = Period.from_iso(given["period"])
    stamp = Stamp(**given)
    if not _is_whole(stamp):
        raise _unusable("缺内容，或内容互相矛盾")
    return stamp


def issued(stamp: Stamp) -> Stamp:
    """The stamp itself. Raises DataError where it is a draft's: nobody can say what its data were."""
    if stamp.is_draft:
        raise DataError("这是草稿，不能重印：出它的时候，数据还没有提交", "提交数据，再出一份")
    return stamp


def provenance(stamp: Stamp) -> str:
    """What the paper's data are, in one sentence for people (数据说明)."""
    revision = f"数据版本 {stamp.revision[:_SHOWN]}，" if stamp.revision else ""
    draft = f"{DRAFT}。" if stamp.is_draft else ""
    return (
        f"{draft}数据截至{day(stamp.as_of)}，只算{day(stamp.known_at)}及以前填报的；"
        f"{revision}程序 {stamp.program}，文稿模板 {stamp.template}。"
    )


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's keys and values. Raises ValueError where a key stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _is_whole(stamp: Stamp) -> bool:
    """Whether it says of its kind of paper what such a paper is asked for, and nothing else."""
    is_monthly = stamp.paper in ("dispatch", "notice")
    has_times = (stamp.month is not None, stamp.period is not None) == (is_monthly, not is_monthly)
    may_be_yearly = stamp.paper in ("assess", "performance")
    is_quarterly = stamp.period is None or may_be_yearly or stamp.period.quarter is not None
    is_notice = stamp.paper == "notice"
    has_receiver = (stamp.unit is not None, stamp.form is not None) == (is_notice, is_notice)
    return (
        has_times
        and is_quarterly
        and has_receiver
        and (stamp.period is None or stamp.period.year > 0)
        and (stamp.revision is None or _REVISION.fullmatch(stamp.revision) is not None)
    )


def _unusable(reason: str) -> DataError:
    return DataError(f"文稿里的印记用不了：{reason}", _REMEDY)
