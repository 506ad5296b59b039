"""A ledger for the tests. Everything in it is invented (模拟)."""

from commandline import CommandLine


def tell_the_story(cli: CommandLine) -> None:
    """Report what the units of the story have done, and what the office said.

    - 1: done on time, with a measured value. 2: blocked.
    - 3: the lead is at work; a responsible unit has done its part.
    - 5: done on 5 August, after its June deadline; a county is at work on its part.
    - 8: its deadline extended from July to October. 10: suspended.
    - 38: reported on 3 August as completed on 28 July.
    - 74: reported done by mistake in June, taken back in July.
    """
    for today, words in STORY:
        answer = cli(*words.split(), today=today)
        assert answer.code == 0, answer.err
    assert cli("check", today="2022-08-05").err.startswith("没有问题：")


STORY = (
    ("2022-07-20", "done 1 --measured 企业开办全流程办理时间=1 --percent 100 --note 模拟：1个工作日"),
    ("2022-07-25", "update 2 --status blocked --problem 模拟：系统未对接 --note 模拟：待省平台开放接口"),
    ("2022-07-10", "update 3 --status in_progress --percent 40"),
    ("2022-07-15", "done 3 --unit 税务 --note 模拟：本单位部分已完成"),
    ("2022-06-20", "update 5 --status in_progress --percent 40 --note 模拟：已部署"),
    ("2022-07-15", "update 5 --unit 零陵 --status in_progress --percent 60"),
    ("2022-08-05", "done 5 --percent 100 --evidence 模拟〔2022〕12号 --evidence 模拟台账 --by 模拟人"),
    (
        "2022-07-20",
        "extend 8 --to 2022-10 --approved-on 2022-07-20 --reason 模拟：方案调整 --document 模拟〔2022〕3号",
    ),
    ("2022-07-28", "suspend 10 --reason 模拟：上级文件另有安排"),
    ("2022-08-03", "done 38 --completed-on 2022-07-28 --source 电话"),
    ("2022-06-28", "done 74 --note 模拟：误报"),
    ("2022-07-10", "undo 74 --reason 模拟：误报更正"),
)
