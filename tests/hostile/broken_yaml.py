"""What YAML allows, or nearly allows, and a table that people read must not hold."""

from cases import Case, accepted, edit, edit_units, noted, record, whole
from tiny import TASKS, edited

YEAR = "  year: 2022\n"
LEADER = "  leader: null\n  lead_unit: 市模拟丙局"
PERCENT = "      percent: 40\n"
TEXT = "    text: 建立模拟工作机制。\n"
NUMBERS = {
    "octal 010": "010",
    "octal 0o10": "0o10",
    "hexadecimal": "0x1F",
    "binary": "0b101",
    "underscores": "1_000",
    "exponent": "1e3",
    "exponent of a decimal": "1.5e+3",
    "infinity": ".inf",
    "minus infinity": "-.INF",
    "not a number": ".nan",
    "sexagesimal": "12:30",
    "sexagesimal of three": "1:00:00",
    "plus sign": "+5",
    "leading zeros": "0040",
    "a point at the end": "40.",
    "a point at the start": ".5",
    "nineteen digits": "1234567890123456789",
    "ten thousand digits": "9" * 10_000,
}
BOOLEANS = ("yes", "No", "ON", "off", "y", "N", "True", "FALSE")
HIDDEN = {
    "U+0085": ("\x85", r"\N"),
    "U+2028": ("\u2028", r"\L"),
    "U+2029": ("\u2029", r"\P"),
    "U+202E bidi override": ("\u202e", r"\u202e"),
    "U+2066 bidi isolate": ("\u2066", r"\u2066"),
    "U+200B zero width": ("\u200b", r"\u200b"),
    "U+00AD soft hyphen": ("\xad", r"\xad"),
    "U+001B escape": ("\x1b[31m", r"\e[31m"),
    "U+0007 bell": ("\x07", r"\a"),
    "U+007F delete": ("\x7f", r"\x7F"),
    "U+009B C1": ("\x9b", r"\x9b"),
    "U+E0041 tag": ("\U000e0041", r"\U000e0041"),
    "U+FEFF": ("\ufeff", r"\uFEFF"),
    "U+0008 backspace": ("\b", r"\b"),
    "U+0000": ("\0", r"\0"),
}
OURS = "    progress:\n    - date: 2022-07-15\n"


def _conflict(*markers: str) -> Case:
    ours, *middle, theirs = markers
    between = "\n".join(middle)
    return edit(OURS, f"    progress:\n{ours}§\n    - date: 2022-07-15\n{between}\n{theirs}\n", "Y006")


YAML: dict[str, Case] = {
    **{
        f"number: {name}": edit(PERCENT, f"      percent: {text}\n", "Y016") for name, text in NUMBERS.items()
    },
    **{f"truth value: {word}": edit(LEADER, LEADER.replace("null", word), "Y015") for word in BOOLEANS},
    **{f"{name}, raw": noted(f"模拟{raw}话", "Y005") for name, (raw, _) in HIDDEN.items()},
    **{f"{name}, escaped": noted(f'"模拟{written}话"', "Y005") for name, (_, written) in HIDDEN.items()},
    "hidden in a comment": edit("# 模拟数据", "# 模拟\u200b数据", "Y005"),
    "hidden in a key": edit("  year: 2022", "  ye\u200bar: 2022", "Y005"),
    "hidden in a quoted key": edit("  year: 2022", '  "ye\\u200bar": 2022', "Y005"),
    "anchor on a value": edit(YEAR, "  year: &y 2022\n", "Y010"),
    "anchor on a mapping": edit("  - id: 3\n", "  - &t\n    id: 3\n", "Y010"),
    "anchor on a key": edit(YEAR, "  &k year: 2022\n", "Y010"),
    "alias": edit(
        "      unit: 模拟东县\n",
        "      unit: *u\n",
        "Y010",
        ("unit: 市模拟甲局\n      status", "unit: &u 市模拟甲局\n      status"),
    ),
    "alias of nothing": edit(YEAR, "  year: *nowhere\n", "Y010"),
    "alias of itself": whole("plan: &a [*a]\n", "Y010"),
    "billion laughs": whole(
        "a0: &a0 [哈, 哈]§\n"
        + "".join(f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]\n" for k in range(1, 12)),
        "Y010",
    ),
    "merge key": record("<<: {unit: 市模拟甲局}, date: 2022-08-05, status: done", "Y012"),
    "merge key with an alias": edit("  - id: 3\n", "  - id: 3\n    <<: *base§\n", "Y012 Y010"),
    "tag of Python that runs something": edit(
        YEAR, "  year: !!python/object/apply:os.system ['true']\n", "Y011"
    ),
    "tag of Python that names something": edit(YEAR, "  year: !!python/name:os.system\n", "Y011"),
    "tag of binary": edit(TEXT, "    text: !!binary bW9uaQ==\n", "Y011"),
    "tag of a set": edit("    errata:\n", "    errata: !!set\n", "Y011"),
    "tag of a text": edit(YEAR, "  year: !!str 2022\n", "Y011"),
    "tag of an integer": edit(YEAR, "  year: !!int '2022'\n", "Y011"),
    "tag of one's own": edit(YEAR, "  year: !city 2022\n", "Y011"),
    "tag without a name": edit(YEAR, "  year: ! 2022\n", "Y011"),
    "tag in full": edit(YEAR, "  year: !<tag:yaml.org,2002:int> 2022\n", "Y011"),
    "tag with an unknown handle": edit(YEAR, "  year: !x!y 2022\n", "Y008"),
    "directive of a version": whole(f"%YAML 1.1\n---\n{TASKS}", "Y007"),
    "directive of a tag": whole(f"%TAG ! tag:example.org,2022:\n---\n{TASKS}", "Y007"),
    "directive in the middle": edit("indicators:\n", "%YAML 1.2\nindicators:\n", "Y007"),
    "a start of a document": accepted(f"---\n{TASKS}"),
    "a second document": whole(f"{TASKS}---§\nplan: {{}}\n", "Y009"),
    "a second document that is empty": whole(f"{TASKS}---§\n", "Y009"),
    "two starts": whole(f"---\n---§\n{TASKS}", "Y009"),
    "an end of the document, and content": whole(f"{TASKS}...\nplan§: {{}}\n", "Y008"),
    "an end of the document, and no more": accepted(f"{TASKS}...\n"),
    "duplicate key at the top": whole(f"{TASKS}plan§: {{}}\n", "Y014"),
    "duplicate key of the plan": edit(YEAR, f"{YEAR}  year§: 2023\n", "Y014"),
    "duplicate key of an indicator": edit(LEADER, f"{LEADER}\n  lead_unit§: 市模拟甲局", "Y014"),
    "duplicate key of a task": edit(TEXT, f"{TEXT}    text§: 模拟\n", "Y014"),
    "duplicate key of a record": edit(PERCENT, f"{PERCENT}      percent§: 50\n", "Y014"),
    "duplicate key of a measured value": edit("{办理时限: 0.5}", "{办理时限: 0.5, 办理时限: 1}", "Y014"),
    "duplicate key, quoted otherwise": edit(YEAR, f"{YEAR}  'year'§: 2023\n", "Y014"),
    "duplicate key, escaped": edit(YEAR, f'{YEAR}  "\\x79ear"§: 2023\n', "Y014"),
    "duplicate key of a unit": edit_units(
        "  kind: 国企/公用事业\n", "  kind: 国企/公用事业\n  kind§: 群团\n", "Y014"
    ),
    "complex key that is a list": edit(YEAR, f"{YEAR}  ? [a, b]§\n  : 1\n", "Y013"),
    "complex key that is a mapping": edit(YEAR, f"{YEAR}  ? {{a: b}}§\n  : 1\n", "Y013"),
    "complex key that is a text": accepted(edited(TASKS, (YEAR, "  ? year\n  : 2022\n"))),
    "flow list as a key": record("[date]: 2022-08-05, unit: 市模拟甲局, status: done", "Y013"),
    "null as a key": edit(YEAR, f"{YEAR}  null§: 1\n", "Y013"),
    "tilde as a key": edit(YEAR, f"{YEAR}  ~§: 1\n", "Y013"),
    "empty key": edit(YEAR, f"{YEAR}  : 1§\n", "Y008"),
    "number as a key": edit("{办理时限: 0.5}", "{80: 82}", "Y013"),
    "octal as a key": edit("{办理时限: 0.5}", "{010: 82}", "Y016"),
    "truth value as a key": edit(YEAR, f"{YEAR}  true§: 1\n", "Y013"),
    "no as a key": edit(YEAR, f"{YEAR}  no§: 1\n", "Y013"),
    "tab as indentation": edit(YEAR, "\tyear: 2022\n", "Y008"),
    "tab before a list": edit("  - id: 3\n", "\t- id: 3\n", "Y008"),
    "tabs between a key and its value": accepted(edited(TASKS, (YEAR, "  year:\t2022\n"))),
    "tab in a plain text": accepted(edited(TASKS, ("reason: 模拟延期", "reason: 模拟\t延期"))),
    "literal block with breaks": edit(TEXT, "    text: |\n      建立模拟\n      工作机制。\n", "Y104"),
    "folded block": edit(TEXT, "    text: >\n      建立模拟\n      工作机制。\n", "Y104"),
    "folded block without the last break": accepted(
        edited(TASKS, ("reason: 模拟延期}", "reason: '模拟\n      延期'}"))
    ),
    "block scalar with a wrong head": edit(TEXT, "    text: |x\n      建立\n", "Y008"),
    "block scalar indented by ten": edit(TEXT, "    text: |10\n      建立\n", "Y008"),
    "conflict of git": _conflict("<<<<<<< HEAD", "=======", ">>>>>>> 模拟分支"),
    "conflict of git, diff3": _conflict("<<<<<<< HEAD", "||||||| 1234567", "=======", ">>>>>>> 模拟分支"),
    "conflict of git, zdiff3": _conflict(
        "<<<<<<< 本方", "    # 甲", "||||||| 基线", "=======", ">>>>>>> 对方"
    ),
    "conflict of which only the end is left": edit(YEAR, f"{YEAR}>>>>>>> 模拟分支\n", "Y006"),
    "conflict of which only the base is left": edit(YEAR, f"{YEAR}||||||| 1234567§\n", "Y006"),
    "conflict with CRLF": whole("plan:\r\n<<<<<<< HEAD§\r\n  year: 2022\r\n=======\r\n>>>>>>> x\r\n", "Y006"),
    "conflict of which only the middle is left": edit(YEAR, f"{YEAR}=======§\n", "Y008"),
    "double quotes that nothing ends": edit("年底前完成模拟评价。\n", '"年底前完成模拟评价。\n', "Y008"),
    "single quotes that nothing ends": whole(TASKS + "plan: '模拟§", "Y008"),
    "a quote too many": edit("issued_by: 模拟市人民政府办公室", "issued_by: '模拟'市'", "Y008"),
    "Chinese quotes are no quotes": accepted(edited(TASKS, ("reason: 模拟延期", "reason: “模拟：延期”"))),
    "escape that is none": edit("issued_by: 模拟市", 'issued_by: "\\q"', "Y008", ("人民政府办公室", "")),
    "escape of a Windows path": noted('"C:\\模拟\\台账"', "Y008"),
    "escape cut off": noted('"\\u20"', "Y008"),
    "escape beyond U+10FFFF": noted('"\\UFFFFFFFF"', "Y008"),
    "escape of a surrogate": noted('"\\ud800"', "Y008"),
    "text with a colon and a space": noted("网上办理占比: 82%", "Y008"),
    "text with a sharp": edit("unit: 模拟东县", "unit: #模拟东县", "Y103"),
    "text that begins with a percent sign": noted("%模拟", "Y008"),
    "text that begins with an at sign": noted("@模拟", "Y008"),
    "text that begins with a grave accent": noted("`模拟`", "Y008"),
    "text that begins with a star": noted("**模拟**", "Y008"),
    "text that begins with an exclamation mark": noted("!模拟", "Y008"),
    "text that begins with a bracket": noted("[模拟]一句", "Y008"),
    "list without an end": edit("[市模拟乙局, 各模拟县区]", "[市模拟乙局, 各模拟县区", "Y008"),
    "mapping without an end": edit("{办理时限: 0.5}\n", "{办理时限: 0.5\n\n§", "Y008"),
    "list with Chinese commas": edit("[市模拟乙局, 各模拟县区]", "[市模拟乙局，各模拟县区]", "Y201"),
    "key with a Chinese colon": edit("  year: 2022", "  year： 2022", "Y008"),
    "no space after the colon": edit("  year: 2022", "  year:2022", "Y008"),
    "no space after the dash": edit("  - id: 3\n", "  -id: 3\n", "Y008"),
}
