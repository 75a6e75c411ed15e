"""What nothing of the kind can beat: small programs for `python -c`, each the least that the job needs.

Arguments follow the program: the vault first.
"""

IMPORTS = "import click, sqlite3"

SCAN = """
import os, sys
seen = []
def scan(folder):
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("."):
                scan(entry.path)
        elif entry.name.endswith(".md"):
            stat = entry.stat()
            seen.append((entry.path, stat.st_mtime_ns, stat.st_size, stat.st_ino))
scan(sys.argv[1])
"""

READ = """
import os, sys
def read(folder):
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("."):
                read(entry.path)
        elif entry.name.endswith(".md"):
            with open(entry.path, "rb", buffering=0) as file:
                file.read()
read(sys.argv[1])
"""

# What a person would write in an evening: every note through python-frontmatter, a regex for the log,
# a template for who is due. No index, no links, no promises, nothing kept for the next time.
NAIVE = r'''
import datetime, pathlib, re, sys
import frontmatter, jinja2

ENTRY = re.compile(
    r"^- (\d{4}-\d{2}-\d{2})(?: (\d{1,2}:\d{2}))?(?: (\w+))?(?: (in|out|both))?[^:\n]*: ?(.*)$", re.M
)
DAYS = {"A": 21, "B": 61, "C": 183, "D": 365}
NOTE = """# Due this week
{% for who in due %}
- [ ] [[{{ who.name }}]]: tier {{ who.tier }}, last {{ who.channel }} {{ who.last }}
    "{{ who.text }}"
{%- endfor %}
"""
today = datetime.date.fromisoformat(sys.argv[3])
due = []
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md")):
    post = frontmatter.load(path)
    entries = sorted(ENTRY.findall(post.content))
    tier = post.get("tier")
    if not entries or tier not in DAYS:
        continue
    last, _, channel, _, text = entries[-1]
    if datetime.date.fromisoformat(last) + datetime.timedelta(DAYS[tier]) <= today:
        due.append({"name": path.stem, "tier": tier, "last": last, "channel": channel, "text": text})
due.sort(key=lambda who: (who["tier"], who["last"]))
pathlib.Path(sys.argv[2]).write_text(jinja2.Template(NOTE).render(due=due), encoding="utf-8")
'''

# Puts every log entry of the vault in a table of its own, for READ_ROWS; not measured.
MAKE_ROWS = r"""
import pathlib, re, sqlite3, sys
ENTRY = re.compile(
    r"^- (\d{4}-\d{2}-\d{2})(?: \d{1,2}:\d{2})?(?: (\w+))?(?: (in|out|both))?[^:\n]*: ?(.*)$", re.M
)
pathlib.Path(sys.argv[2]).unlink(missing_ok=True)
with sqlite3.connect(sys.argv[2]) as rows:
    rows.execute("CREATE TABLE entry (contact TEXT, day TEXT, channel TEXT, direction TEXT, text TEXT)")
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md")):
        found = ENTRY.findall(path.read_text(encoding="utf-8"))
        rows.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", [(path.stem, *entry) for entry in found])
"""

READ_ROWS = """
import sqlite3, sys
for row in sqlite3.connect(sys.argv[2]).execute("SELECT contact, day, channel, direction, text FROM entry"):
    pass
"""

# As the user's files are written: a temporary file, flushed to the disk and put in place; the folder
# is flushed once, at the end.
WRITE = """
import os, sys
folder, count = sys.argv[2], int(sys.argv[3])
os.mkdir(folder)
body = b"x" * 300
for number in range(count):
    with open(f"{folder}/.{number}.tmp", "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{folder}/.{number}.tmp", f"{folder}/{number}.md")
handle = os.open(folder, os.O_RDONLY)
os.fsync(handle)
"""
