"""A ledger for the tests. Everything in it is invented (模拟)."""

from commandline import CommandLine


def tell_the_story(cli: CommandLine) -> None:
    """Report what the units of the story have done, through the commands where there are any yet.

    - 1: done on time, with a measured value. 2: blocked.
    - 3: the lead is at work; a responsible unit has done its part.
    - 5: done on 5 August, after its June deadline; a county is at work on its part.
    - 8: its deadline extended from July to October. 10: suspended.
    - 38: reported on 3 August as completed on 28 July.
    - 74: reported done by mistake in June, taken back in July.
    """
    for words in REPORTS:
        answer = cli(*words.split(), today="2022-08-05")
        assert answer.code == 0, answer.err
    [mistake] = cli("show", 74, "--format", "json").json["progress"]
    write_into(cli, 8, EXTENSION)
    write_into(cli, 10, SUSPENSION)
    write_into(cli, 74, RETRACTION.replace("REF", mistake["ref"]))
    assert cli("check").code == 0


REPORTS = (
    "done 1 --date 2022-07-20 --measured 企业开办全流程办理时间=1 --percent 100 --note 模拟：1个工作日",
    "update 2 --date 2022-07-25 --status blocked --problem 模拟：系统未对接 --note 模拟：待省平台开放接口",
    "update 3 --date 2022-07-10 --status in_progress --percent 40",
    "done 3 --unit 税务 --date 2022-07-15 --note 模拟：本单位部分已完成",
    "update 5 --date 2022-06-20 --status in_progress --percent 40 --note 模拟：已部署",
    "update 5 --unit 零陵 --date 2022-07-15 --status in_progress --percent 60",
    "done 5 --date 2022-08-05 --percent 100 --evidence 模拟〔2022〕12号 --evidence 模拟台账 --by 模拟人",
    "done 38 --date 2022-08-03 --completed-on 2022-07-28 --source 电话",
    "done 74 --date 2022-06-28 --note 模拟：误报",
)

EXTENSION = """\
extensions:
- {from: 2022-07, to: 2022-10, approved_on: 2022-07-20, reason: 模拟：方案调整, document: 模拟〔2022〕3号}
"""

SUSPENSION = """\
progress:
- date: 2022-07-28
  unit: 市住建局
  status: suspended
  note: 模拟：上级文件另有安排
"""

RETRACTION = """\
- date: 2022-07-10
  unit: 市行政审批服务局
  note: 模拟：误报更正
  retracts: 'REF'
"""


def write_into(cli: CommandLine, number: int, lines: str) -> None:
    """Put lines at the end of a task, as somebody would with an editor. It may not be an indicator's last."""
    indented = "".join(f"    {line}\n" for line in lines.splitlines())
    heading = f"  - id: {number + 1}\n"
    assert cli.tasks.count(heading) == 1
    cli.tasks = cli.tasks.replace(heading, indented + heading)
