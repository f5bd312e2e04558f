// One view: a part of a page, fetched whole and drawn whole. A new one is one file in views/ and is found by itself. It exports:
//   page        the address that it stands at: "forms" for #forms, "forms/*" for #forms/ID, "" for every page, beside
//               the ringing calls. A page of a new name gets its button in the navigation by PAGES of nav.js, and is
//               called by the word page_NAME of staff_page.yaml
//   place       where on its page: the lowest number first
//   permission  what a role must be allowed for it to be shown
//   path        where the hall gives it, ID for the {braces} in it; query() is what follows, such as "?state=open" (optional)
//   method      "POST" where a look is written down: then it is fetched when one comes to the page, and never by itself (optional)
//   events      the kinds of event after which it is fetched again
//   pauseMs     the least time between two fetches because of events (optional)
//   frame, body what stands on the page, and the element in it that is filled
//   draw(data, refresh) -> elements of the body; `refresh` after something was changed. It is called only when it would
//               draw something else, and what a clerk has typed has to outlive it: lay it by in the module, as form_status.js does
//   passing     names in the data that change by themselves and are not drawn (optional)
//   isEmpty(data) whether there is nothing to say, and nothing is shown (optional)
//   count(data) a number beside its page in the navigation; with it, it is fetched on every page (optional)
//   refused(error) -> elements of the body where the hall says no, such as that there is no such form; none hide it (optional)
//   shown(data) once it is drawn (optional), tick(data) every second, null while there are none (optional)
//   pushed(data) -> what draw() gets, of an event that brings it, null for as it was (optional: other events only say
//               that something changed)
//   forget()    what was chosen or typed here: somebody else logs in, or another form is looked at (optional)
// What takes the whole page for a while (a question, a code) is a panel: showPanel of panel.js.
import { here } from "./address.js";
import { ask } from "./api.js";
import { writeTimes } from "./clock.js";
import { answers } from "./start.js";
import { turnMs } from "./turns.js";
import { language } from "./words.js";

export class View {
  #data = null;
  #drawn = null;
  #refreshing = null;
  #isStale = false;
  #pause = null;
  #turn = null;
  #heard = false;
  #taken = 0;
  #id = null;

  // `loaded()` and `failed(error)` tell the page whether the hall answers.
  constructor(module, loaded, failed) {
    Object.assign(this, { module, loaded, failed });
  }

  get isHere() {
    return this.module.page === "" || this.module.page === here().page;
  }

  get count() {
    return this.#data === null ? 0 : this.module.count?.(this.#data) ?? 0;
  }

  // One has come to a page, or gone.
  enter() {
    const isOther = this.isHere && this.module.page.endsWith("*") && this.#id !== here().id;
    if (isOther || (this.module.method && !this.isHere)) this.forget();
    this.#id = here().id;
    this.hide();
    if (this.isHere && !(this.module.method && this.#data)) this.refresh();
  }

  // Again, as it may have changed.
  look() {
    if (!this.module.method && (this.isHere || this.module.count)) return this.refresh();
  }

  // One fetch at a time, and one more when something changed meanwhile: older data never overwrite newer ones.
  refresh = () => {
    this.#isStale = true;
    this.#refreshing ??= (async () => {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#load();
      }
      this.#refreshing = null;
    })();
    return this.#refreshing;
  };

  // Something happened. After a quiet time it is fetched as soon as it is this page's turn, else when `pauseMs` are over
  // too, however often it is heard.
  hear() {
    if (this.#pause !== null) {
      this.#heard = true;
      return;
    }
    const over = () => {
      const heard = this.#heard;
      this.#pause = null;
      this.#heard = false;
      if (heard) this.hear();
    };
    const waitMs = turnMs();
    this.#turn = setTimeout(() => this.look(), waitMs);
    this.#pause = setTimeout(over, waitMs + (this.module.pauseMs ?? 0));
  }

  async #load() {
    const before = this.#taken;
    const path = this.module.path.replace(/\{\w+\}/, here().id);
    let data = answers[path];
    delete answers[path]; // it was of the first moment
    try {
      data ??= await ask(this.module.method ?? "GET", path + (this.module.query?.() ?? ""));
    } catch (error) {
      if (before === this.#taken) this.#fail(error);
      return;
    }
    if (before !== this.#taken) return; // an event has brought newer ones meanwhile, or another form is looked at
    await this.#show(data);
  }

  #fail(error) {
    if (!error.status || error.status === 401 || !this.module.refused) return this.failed(error);
    this.loaded();
    this.#data = this.#drawn = null;
    const said = this.module.refused(error);
    this.module.body.replaceChildren(...said);
    this.module.frame.hidden = !this.isHere || !said.length;
  }

  // On another page it is fetched anew when one comes to it.
  take(data) {
    const told = this.module.pushed(data);
    if (told === null || !this.isHere) return;
    this.#taken += 1;
    return this.#show(told);
  }

  async #show(data) {
    this.#data = data;
    this.loaded();
    this.draw();
    await this.module.shown?.(data);
  }

  // Draws anew only when it shows something else, so that a button keeps its focus under a clerk's finger.
  draw() {
    this.hide();
    if (this.#data === null) return;
    const shows = JSON.stringify([language(), this.module.query?.(), this.#data], (name, value) => this.module.passing?.includes(name) ? undefined : value);
    if (this.#drawn !== shows) {
      this.module.body.replaceChildren(...this.module.draw(this.#data, this.refresh).filter((one) => one !== null));
      writeTimes();
    }
    this.#drawn = shows;
    this.tick();
  }

  hide() {
    this.module.frame.hidden = !this.isHere || this.#data === null || (this.module.isEmpty?.(this.#data) ?? false);
  }

  tick() {
    this.module.tick?.(this.#data);
  }

  // What was asked before counts no more, and nothing is asked after.
  forget() {
    clearTimeout(this.#pause);
    clearTimeout(this.#turn);
    this.#pause = null;
    this.#heard = this.#isStale = false;
    this.#taken += 1;
    this.#data = this.#drawn = null;
    this.module.forget?.();
    this.module.body.replaceChildren();
    this.hide();
  }
}
