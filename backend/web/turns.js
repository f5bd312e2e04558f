// Of many pages that hear the same, each waits for its turn before it asks, so that they do not all ask at one moment.
const TURN_MS = 25;
const LONGEST_MS = 5000;

let pages = 1;

// To how many pages goes what this one hears.
export function thereAre(many) {
  pages = many;
}

export const turnMs = () => Math.random() * Math.min((pages - 1) * TURN_MS, LONGEST_MS);
