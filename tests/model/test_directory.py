"""Finding a unit by what people call it, on the shipped register (DESIGN §5)."""

import pytest
from plans import shipped

from yzplan.errors import ExitCode, RequestError
from yzplan.model import Directory, Group, Register, Unit, comparison_key


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(shipped().register)


def test_every_unit_answers_to_its_name_full_name_and_aliases(directory: Directory) -> None:
    for unit in shipped().register.units:
        for name in (unit.name, unit.full_name, *unit.aliases):
            if name:
                assert directory.find(name) is unit


def test_every_group_answers_to_its_name_and_aliases(directory: Directory) -> None:
    for group in shipped().register.groups:
        for name in (group.name, *group.aliases):
            assert directory.find(name) is group


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("国家税务总局永州市税务局", "市税务局", id="full-name"),
        pytest.param("市监局", "市市场监管局", id="alias"),
        pytest.param("水务", "市水务公司", id="alias-that-is-no-tax-office"),
        pytest.param("相关单位", "市直相关单位", id="alias-of-a-group"),
        pytest.param("祁阳县", "祁阳市", id="former-name"),
        pytest.param("市政府办(金融办)", "市政府办（金融办）", id="half-width-brackets"),
        pytest.param(" 市 税务局\u3000", "市税务局", id="spaces"),
        pytest.param("市税务局\n", "市税务局", id="newline"),
        pytest.param("各县(市、区)政府", "各县市区政府", id="half-width-alias"),
        pytest.param("银保监分", "永州银保监分局", id="unique-part-of-a-name"),
        pytest.param("城市管理", "市城管执法局", id="unique-part-of-an-alias"),
        pytest.param("瑶族", "江华瑶族自治县", id="unique-part-of-a-county"),
        pytest.param("市民", "市民政局", id="short-part"),
    ],
)
def test_a_unit_is_found(directory: Directory, text: str, name: str) -> None:
    assert directory.find(text).name == name


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        pytest.param("shuiwu", "市税务局、市水务公司", id="ambiguous-between-two"),
        pytest.param("ＳｈｕｉＷｕ", "市税务局、市水务公司", id="ambiguous-in-full-width"),
        pytest.param(
            "中心",
            "人民银行永州市中心支行、市住房公积金管理中心、市不动产登记中心、市公共资源交易中心",
            id="part-of-several",
        ),
        pytest.param(
            "公司", "国网永州供电公司、市水务公司、永州新奥燃气公司、市经投集团", id="part-of-aliases"
        ),
        pytest.param(
            "市",
            "市市场监管局、市行政审批服务局、市税务局、市人社局、市公安局、市财政局、市司法局、市商务局、"
            "永州海关、人民银行永州市中心支行、市住房公积金管理中心、市住建局 等 50 个",
            id="part-of-too-many-to-list",
        ),
    ],
)
def test_what_may_mean_several_is_asked_about(directory: Directory, text: str, candidates: str) -> None:
    with pytest.raises(RequestError) as refused:
        directory.find(text)
    assert refused.value.message == f"“{text}”可能指：{candidates}"
    assert refused.value.hint == "请写单位全名，或更长的一段"
    assert refused.value.exit_code is ExitCode.BAD_REQUEST


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("市政府办", "市政府办（金融办）", id="though-a-unique-part"),
        pytest.param("政府办", "市政府办（金融办）", id="though-inside-a-name"),
        pytest.param("法院", "市中级人民法院", id="though-only-one-court"),
    ],
)
def test_an_ambiguous_name_is_asked_about_though_one_fits(directory: Directory, text: str, name: str) -> None:
    with pytest.raises(RequestError) as refused:
        directory.find(text)
    assert refused.value.message == f"“{text}”要问明是不是“{name}”"
    assert refused.value.hint == f"确是它，就写 {name}"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("住建委", "是否为“市住建局”？", id="one-near-name"),
        pytest.param("市住建委", "是否为“市住建局”？", id="one-nearest-name"),
        pytest.param("火星局", "用 yzplan units 查看全部单位", id="nothing-like-it"),
        pytest.param("", "用 yzplan units 查看全部单位", id="empty"),
        pytest.param("  ", "用 yzplan units 查看全部单位", id="blank"),
    ],
)
def test_an_unknown_unit_is_met_with_near_names(directory: Directory, text: str, hint: str) -> None:
    with pytest.raises(RequestError) as refused:
        directory.find(text)
    assert refused.value.message == f"未登记的单位“{text}”"
    assert refused.value.hint == hint
    assert refused.value.exit_code is ExitCode.BAD_REQUEST


def test_every_ambiguous_name_of_the_register_is_asked_about(directory: Directory) -> None:
    names = {name for unit in shipped().register.units for name in unit.ambiguous}
    assert names == {"shuiwu", "法院", "市政府办", "政府办"}
    for name in names:
        assert directory.is_ambiguous(name)
        with pytest.raises(RequestError, match=f"“{name}”(可能指|要问明)"):
            directory.find(name)


def test_an_ambiguous_name_lists_the_others_that_it_is_a_part_of() -> None:
    register = Register(
        units=(
            Unit(name="模拟局", kind="市直部门", ambiguous=("法院",)),
            Unit(name="模拟中级人民法院", kind="法检"),
            Unit(name="模拟基层人民法院", kind="法检"),
        )
    )
    with pytest.raises(RequestError) as refused:
        Directory(register).find("法院")
    assert refused.value.message == "“法院”可能指：模拟局、模拟中级人民法院、模拟基层人民法院"


def test_a_name_of_ones_own_is_not_asked_about_though_another_calls_it_ambiguous() -> None:
    register = Register(
        units=(
            Unit(name="模拟法院", kind="法检"),
            Unit(name="模拟局", kind="市直部门", ambiguous=("模拟法院",)),
        )
    )
    assert Directory(register).find("模拟法院").name == "模拟法院"


def test_a_whole_name_wins_over_the_names_it_is_a_part_of() -> None:
    register = Register(
        units=(Unit(name="模拟局分局", kind="市直部门"), Unit(name="模拟局", kind="市直部门")),
        groups=(Group(name="模拟局们", kind="open"),),
    )
    assert Directory(register).find("模拟局").name == "模拟局"


def test_a_name_that_two_claim_is_not_guessed() -> None:
    register = Register(
        units=(
            Unit(name="模拟一局", kind="市直部门", aliases=("模拟局",)),
            Unit(name="模拟二局", kind="市直部门", aliases=("模拟局",)),
        )
    )
    with pytest.raises(RequestError) as refused:
        Directory(register).find("模拟局")
    assert refused.value.message == "“模拟局”可能指：模拟一局、模拟二局"


def test_names_are_compared_by_width_space_and_capitals_only() -> None:
    assert comparison_key(" Ａ（ b ）\u3000Ｃ") == "a(b)c"
    assert comparison_key("市水务公司") != comparison_key("市税务公司")


def test_the_register_is_listed_in_its_order(directory: Directory) -> None:
    register = shipped().register
    assert [*directory.entries] == [entry.name for entry in (*register.units, *register.groups)]
    assert [*directory.entries][:2] == ["市市场监管局", "市行政审批服务局"]
    assert [*directory.entries][-2:] == ["各县市区政府", "市直相关单位"]
