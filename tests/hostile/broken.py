"""The corpus of broken files, by family, and how many distinct causes each family has at least."""

from broken_encoding import ENCODING
from broken_files import FILES, SIZE
from broken_structure import MEANING, STRUCTURE
from broken_values import KEYS, VALUES
from broken_yaml import YAML
from cases import Case

FAMILIES: dict[str, dict[str, Case]] = {
    "encoding": ENCODING,
    "YAML": YAML,
    "values": VALUES,
    "keys": KEYS,
    "structure": STRUCTURE,
    "meaning": MEANING,
    "size": SIZE,
    "files": FILES,
}
MINIMUM = {
    "encoding": 25,
    "YAML": 50,
    "values": 45,
    "keys": 20,
    "structure": 30,
    "meaning": 25,
    "size": 15,
    "files": 20,
}
