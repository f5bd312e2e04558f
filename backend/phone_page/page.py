"""The page itself: large letters, both languages, no script, nothing loaded but its style."""

from html import escape

from protocol.wire import Words

_HTML = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>{title_zh} · {title_en}</title>
<link rel="stylesheet" href="/r/style.css">
</head>
<body>
<main>
<section lang="zh-CN">
{zh}
</section>
<section lang="en">
{en}
</section>
</main>
</body>
</html>
"""
STYLE = """
:root { color-scheme: light dark; --ink: #111; --ground: #fff; --line: #767676; }
@media (prefers-color-scheme: dark) { :root { --ink: #f4f4f4; --ground: #161616; --line: #9a9a9a; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--ground); font: 1.5rem/1.5 "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
main { max-width: 36rem; margin: 0 auto; padding: 1.25rem; }
section + section { margin-top: 2rem; padding-top: 1.5rem; border-top: 2px solid var(--line); }
h1 { margin: 0 0 1rem; font-size: 1.5rem; font-weight: normal; }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.25rem; font-weight: normal; }
p { margin: 0; font-size: 2rem; line-height: 1.35; font-weight: bold; }
"""


def page(title: Words, parts: list[tuple[Words | None, Words]]) -> str:
    """`parts`: what is said, below a heading where it has one."""
    return _HTML.format(
        title_zh=escape(title.zh),
        title_en=escape(title.en),
        zh=_section(title.zh, [(head.zh if head else "", said.zh) for head, said in parts]),
        en=_section(title.en, [(head.en if head else "", said.en) for head, said in parts]),
    )


def _section(title: str, parts: list[tuple[str, str]]) -> str:
    lines = [f"<h1>{escape(title)}</h1>"]
    for head, said in parts:
        lines += [f"<h2>{escape(head)}</h2>"] if head else []
        lines.append(f"<p>{escape(said)}</p>")
    return "\n".join(lines)
