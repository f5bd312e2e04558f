// One part of the board, fetched whole and drawn whole. Each module of views/ describes one and exports:
//   place       where on the board: the lowest number first
//   isBeside    true where it stands beside the long list of forms, on a wide screen (optional)
//   permission  what a role must be allowed for it to be shown
//   events      the kinds of event after which it is fetched again
//   path        where the hall gives it; query() is what follows it, such as "?state=open" (optional)
//   pauseMs     the least time between two fetches because of events (optional)
//   frame, body what stands on the board, and the element in it that is filled
//   draw(data, refresh) -> elements of the body; `refresh` after something was changed
//   shown(data) once it is drawn (optional), tick(data) every second, null when nobody is logged in (optional)
//   pushed(data) -> what draw() gets, of an event that brings it (optional: other events only say that something changed)
//   forget()    what whoever was logged in has chosen (optional)
import { ask } from "./api.js";
import { writeTimes } from "./clock.js";
import { language } from "./words.js";

export class View {
  #data = null;
  #drawn = null;
  #refreshing = null;
  #isStale = false;
  #pause = null;
  #heard = false;
  #taken = 0;

  // `loaded()` and `failed(error)` tell the page whether the hall answers.
  constructor(module, loaded, failed) {
    Object.assign(this, { module, loaded, failed });
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

  // Something happened. After a quiet time it is fetched at once, else when `pauseMs` are over, however often it is heard.
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
    this.#pause = setTimeout(over, this.module.pauseMs ?? 0);
    this.refresh();
  }

  async #load() {
    const before = this.#taken;
    let data;
    try {
      data = await ask("GET", this.module.path + (this.module.query?.() ?? ""));
    } catch (error) {
      return this.failed(error);
    }
    if (before !== this.#taken) return; // an event has brought newer ones meanwhile
    await this.#show(data);
  }

  take(data) {
    this.#taken += 1;
    return this.#show(this.module.pushed(data));
  }

  async #show(data) {
    this.#data = data;
    this.loaded();
    this.draw();
    await this.module.shown?.(data);
  }

  // Draws anew only when it shows something else, so that a button keeps its focus under a clerk's finger.
  draw() {
    if (this.#data === null) return;
    const shows = JSON.stringify([language(), this.module.query?.(), this.#data]);
    if (this.#drawn !== shows) {
      this.module.body.replaceChildren(...this.module.draw(this.#data, this.refresh));
      writeTimes();
    }
    this.#drawn = shows;
    this.tick();
  }

  tick() {
    this.module.tick?.(this.#data);
  }

  // What was asked before counts no more, and nothing is asked after.
  forget() {
    clearTimeout(this.#pause);
    this.#pause = null;
    this.#heard = this.#isStale = false;
    this.#taken += 1;
    this.#data = this.#drawn = null;
    this.module.forget?.();
    this.module.body.replaceChildren();
  }
}
