"""Y6xx: what no commit may do to the data, and (Y65x) what is told of though it may; one function a code.

A function's docstring is the manual of its code. The ledger is append-only, so whoever recorded
something wrong corrects it by another record; each record is made by who may speak for its unit.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from yzplan.model import REPORTABLE, Extension, ProgressRecord, facts
from yzplan.model.changes import AnyEntry, Change, EntryChange, FactChange, altered_keys
from yzplan.model.ledger import FIELD_LABELS, saying
from yzplan.model.supervision import OfficeEntry, ledger_label, office_saying
from yzplan.model.units import OFFICE

ACTS = "认定、退回、中止、延期、督办、全省排名"
_UNDO = "提交过的记录不改不删；录错的用 yzplan undo 更正，再报一条"


class Deed(NamedTuple):
    """What a commit did, and who its author speaks for.

    `speaks_for`: the name of a unit, or OFFICE; None for somebody unknown. `has_authors`: whether it is
    laid down at all who speaks for whom. `changes`: its own doing alone; `lost`: what a merge lost of one
    parent's. `corrected`: the entry of a task that a correction takes back, if there is one.
    """

    email: str
    speaks_for: str | None
    has_authors: bool
    is_merge: bool
    changes: Sequence[Change]
    lost: Sequence[Change]
    corrected: Callable[[int | None, str], AnyEntry | None]

    @property
    def entry_changes(self) -> Iterator[EntryChange]:
        """What it did to the ledgers."""
        return (change for change in self.changes if isinstance(change, EntryChange))

    @property
    def fact_changes(self) -> Iterator[FactChange]:
        """What it did to the facts, but for fingerprints, which follow from others and are held to them."""
        found = (change for change in self.changes if isinstance(change, FactChange))
        return (change for change in found if not change.is_derived)

    @property
    def author(self) -> str:
        """Its author in words."""
        return f"{self.email}（{_speaker(self.speaks_for)}）"


class Reproach(NamedTuple):
    """A deed that may not be: which change, the Chinese sentence, and the remedy."""

    change: Change
    message: str
    hint: str


def y601_entry_altered(deed: Deed) -> Iterator[Reproach]:
    """改动了已经提交的记录。

    台账只增不改：当时报的是什么，以后都查得到，考评才有依据。改一个百分数、一个日期，历史就变了样。录错的
    用 `yzplan undo` 记一条更正，再报一条对的；已经改了的，照前一个提交恢复原行。

    错：
        $ sed -i 's/percent: 60/percent: 90/' data/tasks.yaml
        $ git commit -am 改进度

    改为：
        $ yzplan undo 4 --reason 进度录错
        $ yzplan update 4 --status in_progress --percent 90 --commit
    """
    for change in deed.entry_changes:
        if change.before and change.after and not deed.is_merge:
            yield Reproach(change, f"改动了已有的记录：{words_for(change)}", _UNDO)


def y602_entry_removed(deed: Deed) -> Iterator[Reproach]:
    """删去了已经提交的记录，`git revert` 也算。

    撤回一条记录不是当它没有报过：用 `yzplan undo` 记一条更正，写明理由，原来的仍在。已经删了的，照前一个提
    交恢复原行。

    错：
        $ git revert HEAD

    改为：
        $ yzplan undo 4 --reason 报错了任务 --commit
    """
    for change in deed.entry_changes:
        if change.before and not change.after and not deed.is_merge:
            yield Reproach(change, f"删去了已有的记录：{words_for(change)}", _UNDO)


def y603_merge_lost(deed: Deed) -> Iterator[Reproach]:
    """合并时丢了一方的内容。

    解决冲突时整个采用了一方（`--ours`、“采用传入的更改”），另一方的记录或改动就没有了，而提交里看不出来。用
    `yzplan setup-git` 配好按记录合并，两方的记录都留下；已经丢了的，照那一方的提交补回。

    错：
        $ git merge 模拟分支
        $ git checkout --ours data/tasks.yaml
        $ git commit -am 合并

    改为：
        $ yzplan setup-git
        $ git merge 模拟分支
    """
    for change in deed.lost:
        if not _is_derived(change):
            hint = "照那一方的提交补回；以后用 yzplan sync 合并"
            yield Reproach(change, f"合并丢了一方的内容：{words_for(change)}", hint)


def y604_merge_invented(deed: Deed) -> Iterator[Reproach]:
    """合并自己增加、改动、删去了内容，哪一方都不是这样。

    合并只把各方已有的放在一起；夹带的记录、改动看不出是谁报的。真要改的，合并以后另作一次提交。

    错：
        $ git merge --no-commit 模拟分支
        $ yzplan done 5
        $ git commit -am 合并

    改为：
        $ git merge 模拟分支
        $ yzplan done 5 --commit
    """
    for change in deed.changes if deed.is_merge else ():
        if not _is_derived(change):
            did = "删去" if change.after is None else "夹带" if change.before is None else "改动"
            hint = "照各方的提交恢复；要改的，另作一次提交"
            yield Reproach(change, f"合并自己{did}了内容：{words_for(change)}", hint)


def y605_fact_changed(deed: Deed) -> Iterator[Reproach]:
    """印发的内容被改了，而改的人不是办公室。

    文字、时限、单位是文件印发的，只有办公室可以更正录入的错误；时限要变，批准以后用 `yzplan extend` 记延期。
    谁是办公室的人，写在 `units.yaml` 的 `authors` 里。

    错：
        $ sed -i 's/deadline: 2022-07/deadline: 2022-10/' data/tasks.yaml
        $ git commit -am 改时限

    改为：
        $ yzplan extend 5 --to 2022-10 --approved-on 2022-07-20 --reason 模拟 --document 模拟〔2022〕1号
    """
    if deed.speaks_for != OFFICE and not deed.is_merge:
        for change in deed.fact_changes:
            if not change.subject.in_register:
                hint = "恢复原来的内容；确要更正的，由办公室提交" + (
                    "" if deed.has_authors else "（办公室的邮箱写在 units.yaml 的 authors 里）"
                )
                yield Reproach(change, f"改了印发的内容：{words_for(change)}", hint)


def y606_not_allowed(deed: Deed) -> Iterator[Reproach]:
    """替别的单位报了进展。

    单位只报自己的，办公室可以代报任何单位的。谁代表哪个单位，写在 `units.yaml` 的 `authors` 里（邮箱对单
    位），按提交之前的那一版算。确由该单位报来的，请该单位或办公室的人提交；邮箱没有登记的，先请办公室登记。

    错：
        $ git log -1 --format=%ae
        shuiwu@example.org
        $ yzplan done 23 --unit 市模拟住建局 --commit

    改为：
        $ git log -1 --format=%ae
        bangongshi@example.org
        $ yzplan done 23 --unit 市模拟住建局 --source 电话 --commit
    """
    foreign = [*_foreign(deed)]
    if len(_units_of(deed)) > 1 and deed.speaks_for:
        return
    for change in foreign:
        if deed.speaks_for:
            hint = f"请该单位或办公室的人提交；{deed.email} 只能报{deed.speaks_for}的"
        else:
            hint = f"请办公室在 units.yaml 的 authors 里登记 {deed.email}"
        yield Reproach(change, f"{deed.author}不能报 {words_for(change)}", hint)


def y607_office_act(deed: Deed) -> Iterator[Reproach]:
    """认定、退回、中止、延期、督办、全省排名，或这些的更正，不是办公室的人提交的。

    这几样由领导小组办公室作出，单位不能给自己认定、延期，也不能更正办公室的退回、给自己的督办记回复和办结。请办
    公室的人提交。

    错：
        $ git log -1 --format=%ae
        shuiwu@example.org
        $ yzplan verify 5 --commit

    改为：
        $ git log -1 --format=%ae
        bangongshi@example.org
        $ yzplan verify 5 --commit
    """
    if deed.has_authors and deed.speaks_for != OFFICE and not deed.is_merge:
        for change in deed.entry_changes:
            if change.after and _is_act(deed, change):
                yield Reproach(
                    change, f"{deed.author}不能作出 {words_for(change)}", f"{ACTS}由办公室的人提交"
                )


def y608_register_by_others(deed: Deed) -> Iterator[Reproach]:
    """改单位名录（`units.yaml`）的不是办公室。

    名录里写着谁代表哪个单位（`authors`）；人人能改，就等于没有写。请办公室的人改。

    错：
        $ git log -1 --format=%ae
        shuiwu@example.org
        $ git show --stat HEAD
         data/units.yaml | 1 +

    改为：
        $ git log -1 --format=%ae
        bangongshi@example.org
        $ git show --stat HEAD
         data/units.yaml | 1 +
    """
    if deed.has_authors and deed.speaks_for != OFFICE and not deed.is_merge:
        for change in deed.fact_changes:
            if change.subject.in_register:
                yield Reproach(
                    change, f"{deed.author}改了单位名录：{words_for(change)}", "单位名录由办公室的人改"
                )


def y609_squashed(deed: Deed) -> Iterator[Reproach]:
    """一个提交里有几个单位的记录，而作者只代表其中一个：像是压缩合并（squash）出来的。

    几个提交压成一个，就只剩一个作者，谁报的无从查起。合并分支用普通的合并，不用 squash；已经压缩的，找回原来
    的分支，重新合并。

    错：
        $ git merge --squash 模拟分支
        $ git commit -m 合并

    改为：
        $ git merge 模拟分支
    """
    units = _units_of(deed)
    if deed.speaks_for and len(units) > 1:
        change = next(_foreign(deed), None)
        if change:
            named = "、".join(units)
            yield Reproach(
                change,
                f"{deed.author}的一个提交里有 {len(units)} 个单位的记录（{named}），像是压缩合并的",
                "找回原来的分支，用普通的合并，不用 squash",
            )


def y610_unreadable(problem: str) -> tuple[str, str]:
    """提交里的数据读不出来：有冲突标记、语法或结构不对，或者文件不在了。

    读不出来的一版没法与前后比较；以后改好了的，就与它的前一版比。提交以前先用 `yzplan check` 检查，合并用
    `yzplan sync`，就不会有这样的提交。

    错：
        $ git merge 模拟分支
        $ git commit -am 合并，冲突以后再说

    改为：
        $ git merge 模拟分支
        $ yzplan check
        $ git commit -am 合并
    """
    return f"数据读不出来：{problem}", "以后的提交改好即可；提交以前先用 yzplan check 检查"


def y611_signature(problem: str) -> tuple[str, str]:
    """提交没有签名，签名不对，或者签名的密钥不属于作者的邮箱。

    邮箱谁都可以随手写，签名才证明是本人。加了 `--signed` 就要求范围里的每个提交都有作者本人的签名，GPG、SSH
    都可以；公钥要先交给检查的人：GPG 用 `gpg --import`，SSH 写进 `gpg.ssh.allowedSignersFile`。

    错：
        $ git commit -m 台账
        $ yzplan audit --signed

    改为：
        $ git config commit.gpgSign true
        $ yzplan done 5 --commit
        $ yzplan audit --signed
    """
    return problem, "请作者用自己的密钥签名，并把公钥交给检查的人"


def y612_rewritten(audited: str, end: str) -> tuple[str, str]:
    """历史被改写：上次审过的提交，不在现在的历史里了。

    `git push --force`、`git rebase`、`git commit --amend` 都会换掉已经推送的提交，换掉的部分就没有人审过。找
    回原来的历史再接着做；确需改写的，全部重审。

    错：
        $ git commit --amend
        $ git push --force

    改为：
        $ yzplan undo 5 --reason 报错了 --commit
        $ yzplan sync
    """
    return (
        f"历史被改写：{audited}不在{end}的历史里",
        "找回原来的历史；没有别的办法的，不写 --since-commit 全部重审",
    )


def y651_fact_changed_by_office(deed: Deed) -> Iterator[Reproach]:
    """办公室改了印发的内容：文字、时限、单位、勘误、目标等。

    录入有误要更正、要补填分管市领导，由办公室改，这是允许的；列出来，是为了让人知道改过什么。

    错：
        $ yzplan audit
        data/tasks.yaml:34:5: Y651 …第 5 项 leader：（无）→ 模拟甲

    改为：
        $ yzplan log 5
    """
    if deed.speaks_for == OFFICE and not deed.is_merge:
        for change in deed.fact_changes:
            if not change.subject.in_register:
                yield Reproach(change, f"办公室改了 {words_for(change)}", "核对是否与印发的文件一致")


def y652_register_changed(deed: Deed) -> Iterator[Reproach]:
    """单位名录（`units.yaml`）有改动：单位、别名，或谁代表哪个单位。

    由办公室改，或还没有写明谁代表哪个单位（`authors`）时改的，只是提醒；列出来，是为了让人知道改过什么。

    错：
        $ yzplan audit
        data/units.yaml: Y652 …单位名录改了 市模拟税务局 aliases：增加 模拟税务

    改为：
        $ yzplan diff HEAD~1 HEAD
    """
    if (deed.speaks_for == OFFICE or not deed.has_authors) and not deed.is_merge:
        for change in deed.fact_changes:
            if change.subject.in_register:
                yield Reproach(change, f"单位名录改了 {words_for(change)}", "核对是否应改")


RULES = (
    y601_entry_altered,
    y602_entry_removed,
    y603_merge_lost,
    y604_merge_invented,
    y605_fact_changed,
    y606_not_allowed,
    y607_office_act,
    y608_register_by_others,
    y609_squashed,
)
REMARK_RULES = (y651_fact_changed_by_office, y652_register_changed)
EXPLAINERS = (y610_unreadable, y611_signature, y612_rewritten)


def _is_derived(change: Change) -> bool:
    return isinstance(change, FactChange) and change.is_derived


def _foreign(deed: Deed) -> Iterator[EntryChange]:
    """The reports that were made for somebody whom the author does not speak for."""
    if deed.has_authors and deed.speaks_for != OFFICE and not deed.is_merge:
        for change in deed.entry_changes:
            if change.after and not change.before and not _is_act(deed, change):
                record = change.after
                if isinstance(record, ProgressRecord) and record.unit != deed.speaks_for:
                    yield change


def _units_of(deed: Deed) -> list[str]:
    """The units of which there is something new, each once."""
    new = [change.after for change in deed.entry_changes if change.after and not change.before]
    return [*dict.fromkeys(record.unit for record in new if isinstance(record, ProgressRecord))]


def _is_act(deed: Deed, change: EntryChange) -> bool:
    """Whether an entry is the office's word, or takes one back."""
    entry = change.after
    if isinstance(entry, ProgressRecord) and entry.retracts:
        entry = deed.corrected(change.task, entry.retracts) or entry
    if isinstance(entry, ProgressRecord):
        return entry.status is not None and entry.status not in REPORTABLE
    return isinstance(entry, Extension | OfficeEntry)


# Words


def _speaker(unit: str | None) -> str:
    if unit is None:
        return "没有登记"
    return "办公室" if unit == OFFICE else unit


def words_for(change: Change) -> str:
    """A change in few words: `第 5 项 市税务局 2022-07-15 推进中（进度：40 → 60）`."""
    if isinstance(change, FactChange):
        return _fact_words(change)
    entry = change.before or change.after
    said = entry_words(entry) if entry else ""
    said = f"第 {change.task} 项 {said}" if change.task else said
    if change.before and change.after:
        old, new = facts(change.before), facts(change.after)
        said += "（" + "，".join(
            f"{FIELD_LABELS.get(key, key)}：{shown(old.get(key))} → {shown(new.get(key))}"
            for key in altered_keys(old, new)
        )
        said += "）"
    return said


def entry_words(entry: AnyEntry) -> str:
    """An entry in few words: `市税务局 2022-07-15 推进中`, `督办 市税务局 2022-08-05 督办函`."""
    if isinstance(entry, Extension):
        return f"{entry.approved_on} {saying(entry)}"
    who = f"{entry.unit} {entry.date}" if entry.unit else entry.date
    if isinstance(entry, ProgressRecord):
        return f"{who} {saying(entry)}"
    return f"{ledger_label(entry)} {who} {office_saying(entry)}"


def _fact_words(change: FactChange) -> str:
    kind, name = change.subject
    where = {"plan": "方案", "indicator": f"指标 {name}", "task": f"第 {name} 项"}.get(kind, str(name))
    if not change.key and (change.before is None or change.after is None):
        return f"{where}：{'删去' if change.after is None else '增加'}"
    if change.is_item:
        did = f"去掉 {shown(change.before)}" if change.after is None else f"增加 {shown(change.after)}"
        return f"{where} {change.key}：{did}"
    return f"{where} {change.key}".rstrip() + f"：{shown(change.before)} → {shown(change.after)}"


def shown(value: Any) -> str:
    """A value of the data in words, on one line."""
    if value is None:
        return "（无）"
    if isinstance(value, list):
        return "、".join(map(shown, value))
    if isinstance(value, dict):
        return "，".join(f"{key} {shown(part)}" for key, part in value.items())
    return str(value)
