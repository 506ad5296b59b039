"""A paper's stamp: written, read back, and what is no stamp."""

import contextlib
import json
from typing import Any

import pytest
from chance import many
from hypothesis import given
from hypothesis import strategies as st
from stamps import BULLETIN, DRAFT, NOTICE, stamps

from yzplan.errors import DataError
from yzplan.model import facts
from yzplan.papers.paper import Stamp
from yzplan.papers.stamping import issued, provenance, read_stamp, stamp_of, stamp_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def test_a_stamp_is_one_line() -> None:
    assert stamp_text(NOTICE) == (
        '{"dated":"2022-10-10","document_number":"模拟函〔2022〕3号","form":"督办函","known_at":"2022-10-08",'
        '"month":"2022-07","paper":"notice","program":"0.1.0","red_head":false,"reply_by":"2022-08-20",'
        '"revision":"3f9a2c1b77e00000000000000000000000000000","template":"ab12ab12ab12","unit":"市模拟局",'
        '"written_on":"2022-10-09"}'
    )


@many(100)
@given(stamps())
def test_a_stamp_reads_back(stamp: Stamp) -> None:
    text = stamp_text(stamp)
    assert "\n" not in text
    assert read_stamp(text) == stamp
    assert read_stamp(json.dumps(json.loads(text), indent=1)) == stamp


@many(100)
@given(st.text() | st.builds(json.dumps, JSON))
def test_no_other_text_is_a_stamp(text: str) -> None:
    with pytest.raises(DataError, match="文稿里的印记用不了"):
        read_stamp(text)


@many(100)
@given(stamps(), st.sampled_from([*Stamp.__dataclass_fields__, "other"]), JSON)
def test_with_any_other_value_it_is_a_stamp_or_refused(stamp: Stamp, key: str, value: Any) -> None:
    with contextlib.suppress(DataError):
        found = read_stamp(json.dumps({**facts(stamp), key: value}))
        assert read_stamp(stamp_text(found)) == found
        assert provenance(found)


@many(100)
@given(stamps(), st.data())
def test_with_any_key_left_out_it_is_a_stamp_or_refused(stamp: Stamp, data: st.DataObject) -> None:
    value = facts(stamp)
    del value[data.draw(st.sampled_from([*value]))]
    with contextlib.suppress(DataError):
        assert provenance(stamp_of(value))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"month": "2022-07"}, "缺内容，或内容互相矛盾"),
        ({"period": None}, "缺内容，或内容互相矛盾"),
        ({"period": "2022"}, "缺内容，或内容互相矛盾"),
        ({"period": "0000Q3"}, "缺内容，或内容互相矛盾"),
        ({"paper": "dispatch"}, "缺内容，或内容互相矛盾"),
        ({"unit": "市模拟局"}, "缺内容，或内容互相矛盾"),
        ({"paper": "notice", "month": "2022-07", "period": None}, "缺内容，或内容互相矛盾"),
        ({"revision": "HEAD"}, "缺内容，或内容互相矛盾"),
        ({"revision": "--output=x"}, "缺内容，或内容互相矛盾"),
        ({"period": "2022Q5"}, "键或值不对"),
        ({"dated": "2022-02-30"}, "键或值不对"),
        ({"number": "3"}, "键或值不对"),
        ({"number": 0}, "键或值不对"),
        ({"template": "AB"}, "键或值不对"),
        ({"paper": "letter"}, "键或值不对"),
        ({"other": 1}, "键或值不对"),
        ({"program": "0.1\x1b[2J"}, "有看不见的字符"),
        ({"document_number": "模\u202e拟"}, "有看不见的字符"),
        ({"program": "0" * 10_000}, "太长"),
    ],
)
def test_what_is_wrong_with_a_stamp(changes: dict[str, Any], reason: str) -> None:
    text = json.dumps({**facts(BULLETIN), **changes}, ensure_ascii=False)
    with pytest.raises(DataError) as told:
        read_stamp(text)
    assert str(told.value) == (
        f"文稿里的印记用不了：{reason}\n  提示：用原来印发的文件；它不在了，就按当时的提交（--rev）重新出一份"
    )


@pytest.mark.parametrize("text", ["", "[" * 9_000, "1" * 9_000, '{"paper":"bulletin",', "NaN"])
def test_text_that_is_hard_to_read(text: str) -> None:
    with pytest.raises(DataError, match="文稿里的印记用不了"):
        read_stamp(text)


def test_a_key_that_stands_twice() -> None:
    with pytest.raises(DataError, match="不是 JSON"):
        read_stamp(stamp_text(BULLETIN).replace('{"dated"', '{"dated":"2022-10-11","dated"'))


def test_provenance() -> None:
    assert provenance(BULLETIN) == (
        "数据截至2022年9月30日，只算2022年10月8日及以前填报的；"
        "数据版本 3f9a2c1b77e0，程序 0.1.0，文稿模板 ab12ab12ab12。"
    )
    assert provenance(DRAFT) == (
        "草稿：数据还没有提交，不能重印。数据截至2022年9月30日，只算2022年10月8日及以前填报的；"
        "程序 0.1.0，文稿模板 ab12ab12ab12。"
    )


def test_a_draft_is_not_issued() -> None:
    assert issued(BULLETIN) is BULLETIN
    with pytest.raises(DataError, match="这是草稿，不能重印"):
        issued(DRAFT)
