#!/usr/bin/env python3
"""Compares every #include "folder/…" under src/ with the table of ARCHITECTURE.md."""
import pathlib
import re
import sys

ROW = re.compile(r"^\| `(\w+)/` \|.*\| ([^|]*) \|$")
INCLUDE = re.compile(r'^\s*#\s*include\s+"(\w+)/')


def allowed(architecture):
    rows = {}
    for line in architecture.read_text(encoding="utf-8").splitlines():
        match = ROW.match(line)
        if not match:
            continue
        folder, uses = match.groups()
        words = {word.strip() for word in uses.split(",")}
        if "all above" in words:
            words = set(rows)
        if uses.startswith("all above but"):
            words = set(rows) - {word.strip() for word in uses[len("all above but"):].split(",")}
        rows[folder] = words | {folder}
    return rows


def main(root):
    rows = allowed(root / "ARCHITECTURE.md")
    folders = {path.name for path in (root / "src").iterdir() if path.is_dir()}
    wrong = [f"src/{name}/ has no row in ARCHITECTURE.md" for name in sorted(folders - rows.keys())]
    count = 0
    for path in sorted((root / "src").rglob("*")):
        if path.suffix not in {".h", ".cpp"}:
            continue
        folder = path.relative_to(root / "src").parts[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            count += 1
            if match.group(1) not in rows.get(folder, set()):
                wrong.append(f"{path.relative_to(root)}:{number}: {folder}/ may not use {match.group(1)}/")
    print("\n".join(wrong) or f"layering: {count} includes agree with the table of {len(rows)} folders")
    return 1 if wrong or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
