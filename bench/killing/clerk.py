"""A clerk who moves forms all the time, at a hall that is to be killed."""

from random import Random
from time import sleep

import requests
from hall_support import HallProcess
from killing.told import Tell, Told

STATUSES = ("received", "in_review")
PAUSE_S = 0.5


def clerk(hall: HallProcess, *, seed: int) -> Told:
    """Who is logged in at it; not started yet."""
    url, session = hall.url, hall.logged_in()

    def work(tell: Tell, life: int) -> None:
        random = Random(f"{seed} clerk {life}")
        while True:
            sleep(random.uniform(0, PAUSE_S))
            try:
                forms = session.get(f"{url}/staff/submissions", timeout=10).json()["submissions"]
                if forms:
                    form = random.choice(forms)["id"]
                    change = {"status": random.choice(STATUSES)}
                    if session.put(f"{url}/submissions/{form}/status", json=change, timeout=10).ok:
                        tell("moved", form)
            except requests.RequestException:  # the hall is away, or was killed over this
                sleep(PAUSE_S)

    return Told(work)
