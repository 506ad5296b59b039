"""Files whose bytes are not those of UTF-8 text, or look as if they were not."""

import base64
import gzip
import json
import zlib

from cases import Case, Told, accepted, bytes_at, files, refused
from tiny import TASKS, UNITS

from yzplan.store.reading import read
from yzplan.store.source import decode_source

RAW = TASKS.encode()
_VALUE = read(decode_source(RAW, "tasks.yaml")).value
NAME = "模拟指标乙".encode()


def _instead(new: bytes, old: bytes = NAME) -> bytes:
    assert RAW.count(old) == 1
    return RAW.replace(old, new)


def _with(wrong: bytes, code: str = "Y003") -> Case:
    """Some bytes in the name of the second indicator."""
    return bytes_at(_instead(NAME + wrong), NAME, code)


ENCODING: dict[str, Case] = {
    "UTF-16 with a BOM, little end first": refused(b"\xff\xfe" + TASKS.encode("utf-16-le"), 1, "Y003"),
    "UTF-16 with a BOM, big end first": refused(b"\xfe\xff" + TASKS.encode("utf-16-be"), 1, "Y003"),
    "UTF-16 without a BOM, little end first": refused(TASKS.encode("utf-16-le"), 1, "Y003"),
    "UTF-16 without a BOM, big end first": refused(TASKS.encode("utf-16-be"), 1, "Y003"),
    "UTF-16 of an odd number of bytes": refused(b"\xff\xfe" + TASKS.encode("utf-16-le")[:-1], 1, "Y003"),
    "UTF-16 that is ASCII": refused("plan: {title: x}\n".encode("utf-16-le"), 1, "Y005"),
    "UTF-32, little end first": refused(TASKS.encode("utf-32"), 1, "Y003"),
    "UTF-32, big end first": refused(b"\0\0\xfe\xff" + TASKS.encode("utf-32-be"), 1, "Y003"),
    "GBK": refused(TASKS.encode("gbk"), 1, "Y003"),
    "GB18030 with characters that GBK has not": refused(
        TASKS.replace("甲", "𠮷").encode("gb18030"), 1, "Y003"
    ),
    "Big5 in one name": bytes_at(_instead("模擬".encode("big5")), "模擬".encode("big5"), "Y003"),
    "Shift JIS in one name": bytes_at(
        _instead("試験".encode("shift-jis")), "試験".encode("shift-jis"), "Y003"
    ),
    "GBK in the register alone": Case(files(RAW, UNITS.encode("gbk")), 1, (Told("units.yaml", 1, "Y003"),)),
    "half GBK, half UTF-8": bytes_at(
        RAW[: RAW.index(NAME)] + TASKS[TASKS.index("模拟指标乙") :].encode("gbk"),
        "模拟指标乙".encode("gbk"),
        "Y003",
    ),
    "Latin-1": _with("é".encode("latin-1")),
    "Windows-1252 quotes": _with(b"\x93x\x94"),
    "cut off within the last character": refused(RAW.rstrip()[:-4], RAW.count(b"\n"), "Y003"),
    "cut off within a character in the middle": bytes_at(_instead(NAME[:-1]), NAME[:-1] + b"\n", "Y003"),
    "the first byte of a character is missing": bytes_at(_instead(NAME[1:]), NAME[1:], "Y003"),
    "overlong slash": _with(b"\xc0\xaf"),
    "overlong NUL, as Java writes it": _with(b"\xc0\x80"),
    "overlong in three bytes": _with(b"\xe0\x80\xaf"),
    "CESU-8: a pair of surrogates": _with(b"\xed\xa0\xbd\xed\xb8\x80"),
    "one surrogate": _with(b"\xed\xa0\x80"),
    "a continuation byte alone": _with(b"\x80"),
    "beyond U+10FFFF": _with(b"\xf4\x90\x80\x80"),
    "five bytes, as UTF-8 once had": _with(b"\xf8\x88\x80\x80\x80"),
    "0xFE and 0xFF": _with(b"\xfe\xff"),
    "NUL": _with(b"\0", "Y005"),
    "a noncharacter": _with("\uffff".encode(), "Y005"),
    "a BOM inside": _with("\ufeff".encode(), "Y005"),
    "two BOMs": refused(b"\xef\xbb\xbf" * 2 + RAW, 1, "Y005"),
    "a BOM between two files put together": bytes_at(RAW + b"\xef\xbb\xbf" + RAW, b"\xef\xbb\xbf", "Y005"),
    "half a BOM": refused(b"\xef\xbb" + RAW, 1, "Y003"),
    "a BOM at the start": accepted(b"\xef\xbb\xbf" + RAW, b"\xef\xbb\xbf" + UNITS.encode()),
    "a BOM and CRLF": accepted(b"\xef\xbb\xbf" + RAW.replace(b"\n", b"\r\n")),
    "CRLF": accepted(RAW.replace(b"\n", b"\r\n"), UNITS.encode().replace(b"\n", b"\r\n")),
    "LF and CRLF mixed": accepted(RAW.replace(b"\n", b"\r\n", 20)),
    "no newline at the end": accepted(RAW.rstrip()),
    "CR alone ends the lines": refused(RAW.replace(b"\n", b"\r"), 1, "Y005"),
    "CR before CRLF": bytes_at(_instead(NAME + b"\r\r"), NAME, "Y005"),
    "one CR among LFs": bytes_at(_instead(NAME + b"\r  leader: x"), b"\r", "Y005"),
    "characters beyond the BMP": accepted(RAW, UNITS.replace("丁公司", "𠮷公司")),
    "compressed": refused(gzip.compress(RAW, mtime=0), 1, "Y003"),
    "compressed without a head": refused(zlib.compress(RAW), 1, "Y003"),
    "Base64": refused(base64.encodebytes(RAW), 1, "Y103"),
    "JSON with every character escaped, which is YAML too": accepted(json.dumps(_VALUE, indent=1)),
    "HZ, seven bits": refused(TASKS.encode("hz"), 16, "Y008"),
    "UTF-7": refused(TASKS.encode("utf-7"), 15, "Y201"),
    "a picture": refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, "Y003"),
    "a spreadsheet": refused(b"PK\x03\x04\x14\0\0\0\x08\0\x87\x8b", 1, "Y003"),
    "random bytes": refused(bytes((7 * k * k + 3 * k) % 256 for k in range(4096)), 1, "Y003"),
}
