#!/usr/bin/env python3
"""Puts the division codes of python3-stdnum (stdnum/cn/loc.dat) into the format of divisions.json.

Rows named 市辖区 or 县 are headings for a whole prefecture, not divisions; numbers with such codes exist
and get the warning REGION_UNKNOWN.
"""
import json
import pathlib
import re
import sys

ROW = re.compile(r'^(\d{6}) county="([^"]+)"')
HEADINGS = {"市辖区", "县"}


def main(source, target):
    codes = []
    for line in pathlib.Path(source).read_text(encoding="utf-8").splitlines():
        match = ROW.match(line)
        if match and match.group(2) not in HEADINGS:
            codes.append(match.group(1))
    if len(codes) < 3000:
        sys.exit(f"{source}: only {len(codes)} division codes were found; is this stdnum/cn/loc.dat?")
    content = {"source": "python3-stdnum", "codes": sorted(set(codes))}
    pathlib.Path(target).write_text(json.dumps(content, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
