"""A county's folder with something of its own in every file that a terminal reads."""

from pathlib import Path

import numpy as np
import soundfile
from mistakes import good

from voice.speech.sound import RATE

SERVICE = "tea-for-the-old"
TITLE = "领茶壶"
ASKED = "村委会说有东西发给我"  # a request of its service
FOR_HELP = "把红灯笼挂起来"  # a request of its requests.yaml
ATTRACT = "赶场的都来这里办"  # its text of the attract screen, which it has recorded
START = "开搞"  # what may be said there
WORD = "摆龙门阵"  # no common word
CLIP = 4321  # samples, each of this loudness
LOUDNESS = 77

_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24"/></svg>'
_STRINGS = f"""\
strings:
  attract.title: {{zh: {ATTRACT}, en: "On market days, come here"}}
phrases:
  start: {{zh: [{START}], en: [go on]}}
"""


def write_service(county: Path) -> None:
    """With an icon and a request of its own."""
    for folder in ("services", "icons"):
        (county / folder).mkdir(parents=True, exist_ok=True)
    service = good(SERVICE, "茶壶").replace("icon: item", "icon: teapot")
    requests = f"requests:\n  zh: [{ASKED}]\n  en: [the village gives teapots]\n"
    (county / "icons" / "teapot.svg").write_text(_ICON, "utf-8")
    (county / "services" / f"{SERVICE}.yaml").write_text(service + requests, "utf-8")


def write_whole(county: Path) -> None:
    """Everything in it is right."""
    write_service(county)
    (county / "strings.yaml").write_text(_STRINGS, "utf-8")
    (county / "words.txt").write_text(f"# 本县的词\n{WORD}\n", "utf-8")
    (county / "requests.yaml").write_text(f"help: {{zh: [{FOR_HELP}]}}\n", "utf-8")
    heating = "parameters: {heating: {values: [{from: 2020-01-01, value: 600, source: x}], review_by: 2099-12-31}}"
    (county / "parameters.yaml").write_text(heating, "utf-8")
    (county / "prompts").mkdir()
    soundfile.write(county / "prompts" / "tea.wav", np.full(CLIP, LOUDNESS, np.int16), RATE)
    (county / "prompts" / "index.json").write_text(f'{{"zh": {{"{ATTRACT}": "tea.wav"}}, "en": {{}}}}', "utf-8")
