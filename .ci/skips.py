"""Fail if a test was skipped for a reason that .ci/allowed-skips does not list.

Usage: python .ci/skips.py JUNIT_XML. A line of allowed-skips is the beginning of a reason; lines
that begin with # are comments.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def main() -> int:
    allowed = [
        line.strip()
        for line in Path(__file__).with_name("allowed-skips").read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    report = ElementTree.parse(sys.argv[1])  # noqa: S314 - written by pytest a moment ago
    refused = []
    for case in report.iter("testcase"):
        for skip in case.iter("skipped"):
            reason = skip.get("message", "")
            if not any(reason.startswith(each) for each in allowed):
                refused.append(f"{case.get('classname')}::{case.get('name')}: {reason}")
    print("\n".join(refused) or "没有不该跳过的测试")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
