"""Reading what a county writes for its hall in assets/hall: YAML, checked at once."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from backend.foundation.settings import SetupError

Data = TypeVar("Data")


class _Loader(yaml.SafeLoader):
    """Leaves dates as they are written, so that a wrong one is told by its place."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_data(path: Path, adapter: TypeAdapter[Data], advice: str) -> Data:
    """What is in the file; SetupError in one sentence that names the place, and ends with `advice` on what to write."""
    try:
        return adapter.validate_python(yaml.load(path.read_text("utf-8"), _Loader))
    except OSError as error:
        raise SetupError(f"{path} cannot be read ({error.strerror}): put it back, or set YINLING_ASSETS.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in first["loc"])
        raise SetupError(f"{path}: {place}: {first['msg'].removeprefix('Value error, ')}: {advice}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark else ""
        raise SetupError(f"{path} is not valid YAML{line}: mend it or put back the original.") from error
