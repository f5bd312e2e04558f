"""The commands that need no screen; those that draw one are in ui/commands.py."""

from kiosk.commands import (
    ask,
    audit,
    catalogue,
    doctor,
    enrol,
    listen,
    outbox,
    pin,
    precheck,
    prompts_list,
    speak,
    staff_call,
    validate,
    voice,
)

COMMANDS = tuple(
    module.register
    for module in (
        ask,
        audit,
        catalogue,
        doctor,
        enrol,
        listen,
        outbox,
        pin,
        precheck,
        prompts_list,
        speak,
        staff_call,
        validate,
        voice,
    )
)
