// What the hall wrote into the page, so that a first look costs no further question: the version of the page, the words,
// who is logged in (null where nobody is, or where the hall could not tell), and what some paths would answer.
export const { version, words, me, answers } = JSON.parse(document.getElementById("start").textContent);
