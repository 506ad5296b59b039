"""督办: supervise, with its commands over what the office did about the units.

What a command needs is imported when it runs, so that no command pays for another.
"""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yzplan.cli import output
from yzplan.cli.acts import Reason
from yzplan.cli.chinese import EntryCommand, Group, ListCommand
from yzplan.cli.options import AsOf, AtMonth, KnownAt, Rev, Units, viewpoint_of
from yzplan.cli.reading import find_entry, find_task, parse_choice, parse_day, parse_numbers
from yzplan.cli.session import session_of
from yzplan.cli.updates import Commit, DryRun, Note
from yzplan.errors import RequestError

if TYPE_CHECKING:
    from yzplan.cli.session import Session
    from yzplan.model import OfficeEntry, Plan
    from yzplan.store.appending import Entry

PANEL = "督办"
COMMANDS = "命令"
SEE = "yzplan supervise list"
_MEASURES = (
    "提示函 reminder、督办函 urging、整改通知 rectification、督导检查 inspection、明查 open_visit、"
    "暗访 covert_visit、移送问责 referral、约谈 summons"
)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(cls=Group, rich_markup_mode=None, invoke_without_command=True)
    group.callback()(supervise)
    for name, command in (("add", add), ("reply", reply), ("close", close), ("undo", undo)):
        group.command(name, cls=EntryCommand, rich_help_panel=COMMANDS)(command)
    group.command("list", cls=ListCommand, rich_help_panel=COMMANDS)(list_measures)
    app.add_typer(group, name="supervise", rich_help_panel=PANEL)


Number = Annotated[str | None, typer.Option("--number", metavar="TEXT", help="文号")]


def supervise(ctx: typer.Context) -> None:
    """督办台账：提示函、督办函、整改通知、督导检查、明查暗访、移送问责、约谈。

    办公室做了什么、单位何时回复、何时办结，都只增不改，记在 tasks.yaml 末尾的 supervision 里。
    单位回复不等于办结，办结由办公室决定；移送问责只记移送这件事，没有办结。
    """
    if ctx.invoked_subcommand is None:
        output.write(ctx.get_help() + "\n")


Which = Annotated[str, typer.Argument(metavar="REF", help="引用码，至少前 4 位，见 yzplan supervise list")]


def add(
    ctx: typer.Context,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="M", help=f"方式，必写：{_MEASURES}")
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", "-u", metavar="UNIT", help="督办哪个单位，必写；每家各记一条"),
    ] = None,
    number: Number = None,
    task: Annotated[
        list[str] | None, typer.Option("--task", metavar="N", help="所涉任务的编号，可写一段：9-12")
    ] = None,
    finding: Annotated[
        str | None, typer.Option("--finding", metavar="TEXT", help="检查发现的问题，一行；检查必写")
    ] = None,
    item: Annotated[
        list[str] | None, typer.Option("--item", metavar="TEXT", help="一条整改事项，一行")
    ] = None,
    due: Annotated[
        dt.date | None, typer.Option("--due", metavar="DAY", parser=parse_day, help="反馈时限")
    ] = None,
    note: Note = None,
    date: Annotated[
        dt.date | None,
        typer.Option("--date", metavar="DAY", parser=parse_day, help="发函、检查、约谈的日期，默认今天"),
    ] = None,
    returning: Annotated[
        bool, typer.Option("--return", help="检查发现虚报：所写任务中该单位报过完成的，一并退回")
    ] = False,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """登记办公室做的一件事：发提示函、督办函、整改通知，检查，移送，约谈。

    督导检查、明查、暗访须写发现的问题；加 --return，所写任务中该单位报过完成的一并退回，理由即
    发现的问题，佐证为文号。只能退回报过完成的；从登记之日起不算完成，以前的答案不变。

    移送问责只记单位、文号、日期、任务，不写案情。补记以前的，另记下今天的日期，--known-at 以它为准。
    """
    from yzplan.check.admission import one_unit
    from yzplan.check.supervising import as_said, check_measure, check_part, returned_parts
    from yzplan.cli import entering, reporting
    from yzplan.model import Measure, SupervisionEntry
    from yzplan.store.appending import Entry

    session = session_of(ctx)
    if measure is None:
        raise RequestError("没有写督办方式", f"用 --measure 写明：{_MEASURES}")
    kind = parse_choice(measure, Measure, "督办方式")
    if not unit:
        raise RequestError("没有写督办哪个单位", "用 --unit 写明，如 --unit 市税务局；几家各写一次")
    numbers = parse_numbers(task or ())
    if returning and not kind.is_inspection:
        raise RequestError(
            f"{kind.label}不能同时退回", "--return 只用于督导检查、明查、暗访；其余用 yzplan return"
        )
    if returning and not numbers:
        raise RequestError("没有写退回哪些任务", "--return 要与 --task 一起用，如 --task 5 --task 9-12")
    said: dict[str, Any] = {
        "number": reporting.one_line("文号", number),
        "tasks": tuple(sorted(numbers)),
        "finding": reporting.one_line("发现的问题", finding),
        "items": reporting.each_one_line("整改事项", item or ()),
        "due": due,
        "note": reporting.one_line("说明", note),
        **dated(session, date),
    }
    named = unit

    def decide(plan: "Plan", remarks: list[str]) -> "list[Entry | OfficeEntry]":
        entries: list[Entry | OfficeEntry] = []
        for name in named:
            found = one_unit(plan, name, "几家各写一次 --unit，成员有", "写明是哪家单位").name
            for each in numbers:
                check_part(plan, find_task(plan, each), found)
            new = SupervisionEntry(measure=kind, unit=found, **said)
            check_measure(kind, new)
            entry = as_said(plan.supervision, new)
            entries.append(entry)
            remarks += oddities(plan, new, session.today) if entry is new else []
            for subject, record in returned_parts(plan, found, entry, remarks) if returning else ():
                remarks.extend(entering.admitted(plan, subject, record, session.today))
                entries.append(Entry(task=subject.id, record=record))
        return entries

    entering.put(session, decide, dry_run=dry_run, commit=commit)


def reply(
    ctx: typer.Context,
    ref: Which,
    number: Number = None,
    note: Note = None,
    date: Annotated[
        dt.date | None,
        typer.Option("--date", metavar="DAY", parser=parse_day, help="收到回复的日期，默认今天"),
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """登记单位的回复。回复不等于办结：是否整改到位由办公室决定，用 close 办结。"""
    from yzplan.cli import reporting

    session = session_of(ctx)
    said = {
        "number": reporting.one_line("文号", number),
        "note": reporting.one_line("说明", note),
        **dated(session, date),
    }
    _answer(session, ref, "replies_to", said, dry_run=dry_run, commit=commit)


def close(
    ctx: typer.Context,
    ref: Which,
    note: Note = None,
    date: Annotated[
        dt.date | None, typer.Option("--date", metavar="DAY", parser=parse_day, help="办结的日期，默认今天")
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """办结：办公室认为整改到位、不再督办。没有回复的也可以办结。"""
    from yzplan.cli import reporting

    session = session_of(ctx)
    said = {"note": reporting.one_line("说明", note), **dated(session, date)}
    _answer(session, ref, "closes", said, dry_run=dry_run, commit=commit)


def _answer(
    session: "Session", ref: str, key: str, said: dict[str, Any], *, dry_run: bool, commit: bool
) -> None:
    """Record a reply (`replies_to`) or a close (`closes`) of what the reference means."""
    from yzplan.check.supervising import answered, as_said, case_of, check_answer
    from yzplan.cli import entering
    from yzplan.model import SupervisionEntry

    def decide(plan: "Plan", remarks: list[str]) -> "list[OfficeEntry]":
        ledger = plan.supervision
        case = case_of(ledger, find_entry(ledger, ref, "督办台账里", SEE))
        new = SupervisionEntry(**{**said, key: case.entry.ref})
        entry = as_said(ledger, new)
        if entry is new:
            check_answer(ledger, case, new)
            remarks.append(answered(case, new))
            remarks += oddities(plan, new, session.today)
        return [entry]

    entering.put(session, decide, dry_run=dry_run, commit=commit)


def undo(
    ctx: typer.Context, ref: Which, reason: Reason = None, dry_run: DryRun = False, commit: Commit = False
) -> None:
    """更正：一条督办、回复或办结作废。追加一条更正，原行不动；须写理由。

    更正不能再更正：要恢复原来的内容，请另记一条。
    """
    from yzplan.check.admission import check_correctable
    from yzplan.check.supervising import undone
    from yzplan.cli import entering, reporting
    from yzplan.model import SupervisionEntry

    session = session_of(ctx)
    why = reporting.required("--reason", "更正的理由", reason)

    def decide(plan: "Plan", remarks: list[str]) -> "list[OfficeEntry]":
        wrong = find_entry(plan.supervision, ref, "督办台账里", SEE)
        entry = SupervisionEntry(date=session.today, note=why, retracts=wrong.ref)
        if entry not in plan.supervision:
            check_correctable(plan.supervision, wrong)
            remarks += undone(plan, wrong)
        return [entry]

    entering.put(session, decide, dry_run=dry_run, commit=commit)


def dated(session: "Session", date: dt.date | None) -> dict[str, dt.date | None]:
    """The day of an entry, today by default, and the day on which it is recorded where that is later."""
    day = date or session.today
    return {"date": day, "recorded_on": session.today if day < session.today else None}


def oddities(plan: "Plan", new: "OfficeEntry", today: dt.date) -> list[str]:
    """What is to be said of an entry that the office's ledgers take, though it is odd."""
    from yzplan.check import new_office_oddities

    return [f"注意：{each}" for each in new_office_oddities(plan, plan.with_office_entry(new), today)]


def list_measures(
    ctx: typer.Context,
    only_open: Annotated[bool, typer.Option("--open", help="只要还没有办结的")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只要反馈时限已过、还没有回复的")] = False,
    unit: Units = None,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", metavar="M", help=f"方式：{_MEASURES}")
    ] = None,
    month: AtMonth = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    rev: Rev = None,
) -> None:
    """列出督办台账：何时以何种方式督办哪个单位，是否回复、办结，没有办结的有多少天。

    反馈时限当天还没有过完的，不算逾期未回复。--unit 写组名（各县市区政府）即其各成员。
    """
    from yzplan.model import Measure
    from yzplan.query.supervision import measure_rows
    from yzplan.render.columns import moment
    from yzplan.render.listing import Listing
    from yzplan.render.supervision import MEASURE_COLUMNS

    session = session_of(ctx)
    plan = session.plan(rev)
    viewpoint = viewpoint_of(session, month, as_of, known_at)
    rows = measure_rows(
        plan,
        viewpoint,
        units=units_of(plan, unit),
        measures=[parse_choice(each, Measure, "督办方式") for each in measure or ()],
        only_open=only_open,
        only_overdue=overdue,
    )
    listing = Listing(
        title=f"督办台账（{moment(viewpoint)}）",
        rows=rows,
        columns=MEASURE_COLUMNS,
        shown=("ref", "date", "measure", "unit", "number", "tasks", "due", "outcome", "matter"),
        narrow=("ref", "date", "measure", "unit", "outcome", "tasks", "matter"),
    )
    output.answer(session, output.arranged(session, listing))
    if rows:
        late = sum(row.overdue for row in rows)
        unanswered = f"，逾期未回复 {late} 件" if late else ""
        found = f"督办 {len(rows)} 件，未办结 {sum(row.open for row in rows)} 件{unanswered}"
    else:
        found = "没有符合条件的督办" if plan.supervision else "还没有督办记录，用 yzplan supervise add 登记"
    output.remark(f"{found}，{moment(viewpoint)}")


def units_of(plan: "Plan", names: list[str] | None) -> list[str]:
    """The units of these names; of a group, its members. Raises RequestError for an unknown name."""
    from yzplan.model import Directory, Group

    directory = Directory(plan.register)
    found = [directory.find(name) for name in names or ()]
    return [name for each in found for name in (each.members if isinstance(each, Group) else (each.name,))]
