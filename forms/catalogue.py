"""Everything that the terminal offers, as it was read from its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from forms.expressions.answers import ParameterValue
from forms.expressions.facts import Facts, as_text
from forms.expressions.parameters import Parameters, value_on
from forms.field import Choice, Field
from forms.hall.work_orders import WorkOrderRules
from forms.home.counters import Counters
from forms.home.events import LifeEvent, shown_with
from forms.home.groups import ServiceGroup
from forms.reading.folders import Source
from forms.reading.mistake import Mistake
from forms.service import Service
from forms.texts import Text
from forms.values.patterns import NOT_SO_WRITTEN


class CatalogueError(Exception):
    """A file of the catalogue is broken; the text names the file, the place and what to mend."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything the terminal offers, read and checked; services, groups and events in the order of the home screen."""

    services: Mapping[str, Service]
    lists: Mapping[str, Sequence[Choice]]
    parameters: Parameters
    messages: Mapping[str, Text]
    counters: Counters = Counters()  # noqa: RUF009 - frozen
    work_orders: WorkOrderRules = WorkOrderRules()  # noqa: RUF009 - frozen
    pictures: Mapping[str, Text] = field(default_factory=dict)  # what each of assets/pictures shows
    groups: Mapping[str, ServiceGroup] = field(default_factory=dict)
    events: Mapping[str, LifeEvent] = field(default_factory=dict)  # each with those of its errands that are offered
    sources: Mapping[str, Source] = field(default_factory=dict)  # where each service comes from
    mistakes: tuple[Mistake, ...] = ()  # what is wrong in the files, and was left out

    def source(self, service_id: str) -> Source:
        """Whose file that service is of."""
        return self.sources.get(service_id, "shipped")

    @property
    def counters_here(self) -> Counters:
        """What is a service here is done at the kiosk."""
        errands = tuple(one for one in self.counters.errands if one.id not in self.services)
        return self.counters.model_copy(update={"errands": errands})

    def offering(self, service_ids: Sequence[str]) -> "Catalogue":
        """With these services alone, in this order; ids that are unknown count for nothing."""
        services = {one: self.services[one] for one in service_ids if one in self.services}
        return replace(self, services=services, events=shown_with(self.events, services))

    def service(self, service_id: str) -> Service:
        """The service with this id; CatalogueError naming those there are."""
        if service_id not in self.services:
            raise CatalogueError(f"There is no service {service_id!r}. The services are: {', '.join(self.services)}.")
        return self.services[service_id]

    def all_choices(self, field: Field) -> list[Choice]:
        """What a field offers at all; none where nothing is chosen."""
        return list(self.lists[field.listed_in] if field.listed_in else field.choices)

    def choices(self, field: Field, answers: Mapping[str, str]) -> list[Choice]:
        """What may be chosen for a field, narrowed by its choice_filter."""
        choices = self.all_choices(field)
        if field.choice_filter is None:
            return choices
        return [choice for choice in choices if choice.within == answers.get(field.choice_filter)]

    def chosen(self, field: Field, value: str, answers: Mapping[str, str]) -> list[Choice]:
        """Which of the choices of a field an answer names; none where nothing is chosen."""
        ids = value.split()
        return [choice for choice in self.choices(field, answers) if choice.id in ids]

    def facts(self, service: Service, answers: Mapping[str, str], today: date) -> Facts:
        """What the conditions of a service may look at; `answers` may grow while these are used."""
        readers = {step.id: step.kind.value for step in service.steps if isinstance(step, Field)}
        return Facts(
            answers,
            self.parameters,
            today,
            readers,
            calculations=service.calculations,
            within=self.within,
            repeats=service.repeats,
        )

    def bounded(self, field: Field, today: date) -> Field:
        """The field with its bounds as they are on that day, none where a parameter is not known yet, and with what its
        kind offers then."""
        field = self._with_bounds(field, today)
        offered = field.kind.choices_on
        return field.model_copy(update={"choices": offered(field, today)}) if offered else field

    def _with_bounds(self, field: Field, today: date) -> Field:
        bounds = {"min": field.min, "max": field.max}
        named = {end: one.parameter for end, one in bounds.items() if isinstance(one, ParameterValue)}
        if not named:
            return field
        values = {end: value_on(self.parameters[name], today) for end, name in named.items()}
        return field.model_copy(
            update={end: None if value is None else as_text(value) for end, value in values.items()}
        )

    @cached_property
    def within(self) -> Mapping[str, str]:
        """What each choice of the lists belongs to: the town of a village."""
        return {one.id: one.within for choices in self.lists.values() for one in choices if one.within}

    def message(self, code: str, field: Field, value: str = "") -> Text:
        """The plain sentence for an error code of the answer `value`: it names the field and a right answer."""
        if code == NOT_SO_WRITTEN and field.pattern_message:
            return field.pattern_message
        return Text(
            zh=self.written_message(code, field, "zh", value), en=self.written_message(code, field, "en", value)
        )

    def written_message(self, code: str, field: Field, lang: str, value: str = "") -> str:
        """The same as it is written in one language."""
        if code == NOT_SO_WRITTEN and field.pattern_message:
            return field.pattern_message.written(lang)
        choices = self.all_choices(field)
        example = choices[0].label.written(lang) if choices else field.shown_example
        words = {"label": field.label.written(lang), "example": example, **field.kind.bounds(field, lang)}
        counted = field.kind.digits(value, field).in_words(value, lang) if field.kind.digits else {}
        return self.messages[code].written(lang).format(**words, **counted)

    def plain_message(self, code: str, zh: str, en: str) -> Text:
        """The sentence for a code that is about no answer of a known field, but about what is called so."""
        text = self.messages[code]
        return Text(zh=text.zh.format(label=zh), en=text.en.format(label=en))
