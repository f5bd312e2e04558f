"""`kiosk voice`: which model hears people, whether it is whole, and putting the official one on this kiosk."""

import argparse
from pathlib import Path
from typing import Any

from kiosk.commands import common
from kiosk.operations.settings import Settings


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands,
        "voice",
        run,
        "show the voice models, or install the official one",
        "kiosk voice install-model --from vosk-model-small-cn-0.22.zip",
    )
    parser.add_argument("action", choices=("status", "install-model"))
    parser.add_argument("--from", dest="archive", type=Path, metavar="FILE.zip", help="the model's file; else download")
    common.json_option(parser)


def run(options: argparse.Namespace) -> int:
    chosen = common.settings()
    if options.action == "status":
        if options.archive:
            raise common.CommandError("--from goes with kiosk voice install-model.", 2)
        return _status(chosen, options.json)
    return _install(chosen, options.archive, options.json)


def _status(chosen: Settings, as_json: bool) -> int:
    models = {
        "bundled": _model(chosen.bundled_model),
        "official": {"name": _allowed(chosen).name, **_model(chosen.official_model)},
    }
    in_use = chosen.voice_model if isinstance(chosen.voice_model, str) else "other"
    if in_use == "other":
        models["other"] = _model(chosen.model_folder)
    if as_json:
        common.print_json({"in_use": in_use, "models": models})
    else:
        for kind, model in models.items():
            used = "in use" if kind == in_use else ""
            print(f"{kind:9} {used:7} {model['path']}\t{model['problem'] or str(model['bytes']) + ' bytes, whole'}")
    return 1 if models[in_use]["problem"] else 0


def _model(folder: Path) -> dict[str, Any]:
    from voice.recognition.choice import check_any
    from voice.recognition.model import ModelError

    installed = folder.is_dir()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if installed else 0
    problem = ""
    try:
        check_any(folder)
    except ModelError as error:
        problem = str(error)
    return {"path": str(folder), "installed": installed, "bytes": size, "hash_ok": not problem, "problem": problem}


def _install(chosen: Settings, archive: Path | None, as_json: bool) -> int:
    from voice.recognition.install import InstallError, download, install

    allowed, place = _allowed(chosen), chosen.official_model
    fetched = None
    try:
        if archive is None:
            common.warn(f"Fetching {allowed.bytes / 1e6:.0f} MB from {allowed.url} ...")
            archive = fetched = download(allowed, place)
        install(archive, allowed, place)
    except InstallError as error:
        raise common.CommandError(str(error)) from error
    finally:
        if fetched:
            fetched.unlink(missing_ok=True)
    if as_json:
        common.print_json({"name": allowed.name, **_model(place)})
    else:
        print(f"{allowed.name} ({allowed.licence}) is in {place}.")
    if chosen.voice_model != "official":
        common.warn('To use it, set voice_model = "official" in the settings file; kiosk doctor then shows it.')
    return 0


def _allowed(chosen: Settings) -> Any:
    from voice.recognition.install import InstallError, read_allowed

    try:
        return read_allowed(chosen.assets / "official_model.yaml")
    except InstallError as error:
        raise common.CommandError(str(error)) from error
