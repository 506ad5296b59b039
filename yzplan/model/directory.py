"""Finding a unit by what people call it; never guessing which one is meant."""

import difflib
import unicodedata
from collections import defaultdict
from functools import cached_property

from yzplan.errors import RequestError
from yzplan.model.units import Group, Register, Unit


def comparison_key(name: str) -> str:
    """The form in which names are compared: NFKC, no spaces, small letters. Never shown or stored."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


MAX_SIMILAR = 100
"""How many characters of a name are compared with others, which takes the square of them."""


class Directory:
    """The register, searchable by name, full name, alias or a unique part of a name."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def entries(self) -> dict[str, Unit | Group]:
        """Units and groups by their own names, in the order of the register."""
        entries: list[Unit | Group] = [*self.register.units, *self.register.groups]
        return {entry.name: entry for entry in entries}

    @cached_property
    def _exact(self) -> dict[str, list[Unit | Group]]:
        """By comparison key: whom a name, full name or alias means."""
        found: dict[str, list[Unit | Group]] = defaultdict(list)
        for entry in self.entries.values():
            full = entry.full_name if isinstance(entry, Unit) else None
            for key in {comparison_key(name) for name in (entry.name, full, *entry.aliases) if name}:
                found[key].append(entry)
        return found

    @cached_property
    def _ambiguous(self) -> dict[str, list[Unit | Group]]:
        found: dict[str, list[Unit | Group]] = defaultdict(list)
        for unit in self.register.units:
            for name in unit.ambiguous:
                found[comparison_key(name)].append(unit)
        return found

    def candidates(self, text: str) -> list[Unit | Group]:
        """Whom `text` may mean: one where it is clear, several where it must be asked, none where unknown."""
        key = comparison_key(text)
        if not key:
            return []
        if exact := self._exact.get(key):
            return exact
        named = {entry.name for other, entries in self._exact.items() if key in other for entry in entries}
        parts = [entry for name, entry in self.entries.items() if name in named]
        if unsure := self._ambiguous.get(key):
            return (
                unsure if len(unsure) > 1 else [*unsure, *(entry for entry in parts if entry not in unsure)]
            )
        return parts

    def is_ambiguous(self, text: str) -> bool:
        """Whether the register says that this name must be asked about."""
        key = comparison_key(text)
        return key in self._ambiguous and key not in self._exact

    def find(self, text: str) -> Unit | Group:
        """The one entry that `text` means.

        Raises RequestError where it means none (with near names) or may mean several (with all of them).
        """
        found = self.candidates(text)
        if len(found) == 1 and not self.is_ambiguous(text):
            return found[0]
        if len(found) == 1:
            raise RequestError(f"“{text}”要问明是不是“{found[0].name}”", f"确是它，就写 {found[0].name}")
        if found:
            names = "、".join(entry.name for entry in found[:12])
            more = f" 等 {len(found)} 个" if len(found) > 12 else ""
            raise RequestError(f"“{text}”可能指：{names}{more}", "请写单位全名，或更长的一段")
        near = self.suggestions(text)
        hint = f"是否为“{'”“'.join(near)}”？" if near else "用 yzplan units 查看全部单位"
        raise RequestError(f"未登记的单位“{text}”", hint)

    def suggestions(self, text: str) -> list[str]:
        """Names of up to three entries that look like `text`, nearest first."""
        key = comparison_key(text[:MAX_SIMILAR])
        near = difflib.get_close_matches(key, self._exact, n=6, cutoff=0.6)
        names = dict.fromkeys(entry.name for match in near for entry in self._exact[match])
        return [*names][:3]
