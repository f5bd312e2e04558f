"""Where things are that tests read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
CLIPS = ROOT / "tests" / "voice" / "clips"
HOUSEHOLD = ROOT / "tests" / "examples" / "household.yaml"
HOME_VISIT = ROOT / "tests" / "examples" / "home-visit.yaml"
