"""One plain question about what was just said."""

from dataclasses import replace

from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Phrase, Screen
from kiosk.screens.common.offered import buttons
from kiosk.state.disambiguation import Option


def which(c: Composer, beneath: Screen) -> Screen:
    """One plain question about what was just said; every answer is a huge button, and so is none of them."""
    asked = c.state.question
    assert asked is not None, "this overlay is never shown without its question"
    if asked.kind == "said":
        options = [option(c, one, beneath) for one in asked.options]
        labels = [one.label for one in options]
        title = c.t(f"which.{len(options)}", **{f"label{at}": label for at, label in enumerate(labels, 1)})
        others = tuple(part for label in labels[1:] for part in (c.said("which.or"), label))
        said = (c.said("which.said"), labels[0], *(others or (c.said("which.right"),)))
        no = c.button("none_of_them", "which.none" if len(options) > 1 else "which.not_it", icon="no")
    else:
        options = [c.button("help", "which.call", icon="help")]
        if asked.kind == "in_vain" and c.offers_order("which"):
            options.append(c.button("cannot", "which.cannot", icon="question"))
        title, said = f"which.{asked.kind}", ()
        no = c.button("none_of_them", "which.no", icon="no")
    order = ("which_first", "which_second", "which_third") if len(options) > 1 else ("which_yes",)
    refusal = "which_no" if asked.kind != "said" else "which_none" if len(options) > 1 else "which_not_it"
    phrases: list[Phrase] = []
    for key, one in zip(order, options, strict=False):
        same = [other.text for other in beneath.phrases if (other.action, other.value) == (one.action, one.value)]
        phrases += c.own_phrases([one.label, *same], one.action, one.value, shown=1)
        phrases += c.phrases(key, one.action, one.value, shown=len(options) == 1)
    return c.make(
        f"which-{asked.kind}",
        "which",
        title,
        title_said=said,
        error=beneath.error,
        choices=(*options, no),
        phrases=[*phrases, *c.phrases(refusal, "none_of_them", shown=True)],
    )


def option(c: Composer, option: Option, beneath: Screen) -> Button:
    """The button of the screen beneath that does this, to be pressed here."""
    same = (one for one in buttons(beneath) if (one.action, one.value) == (option.action, option.value))
    return replace(next(same), detail="", selected=False)
