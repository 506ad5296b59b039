"""What the tests of .docx share: LibreOffice and poppler, which show a document as it is printed."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Convert = Callable[[Mapping[str, bytes]], dict[str, Path]]

FONTS = {"Times New Roman": "Liberation Serif", "仿宋_GB2312:lang=zh-cn": "Noto"}
"""What stands in for the fonts of a letter: with others the lines are not as long."""


def substitute(font: str) -> str:
    """What is shown where that font is asked for."""
    return subprocess.run(
        ["fc-match", font, "family"], check=True, capture_output=True, encoding="utf-8"
    ).stdout


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """A function from .docx files by name to their PDF files; all in one run of LibreOffice."""
    missing = [each for each in ("soffice", "pdftotext", "fc-match") if shutil.which(each) is None]
    missing = missing or [font for asked, font in FONTS.items() if font not in substitute(asked)]
    if missing:
        pytest.skip(f"not installed here: {', '.join(missing)}")

    def convert(documents: Mapping[str, bytes]) -> dict[str, Path]:
        here = tmp_path_factory.mktemp("soffice")
        for name, content in documents.items():
            (here / f"{name}.docx").write_bytes(content)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(here / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                here,
                *(here / f"{name}.docx" for name in documents),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return {name: here / f"{name}.pdf" for name in documents}

    return convert
