// What the hall wrote into the page, so that a first look costs no further question: the words, the names of the views,
// and who is logged in (null where nobody is, or where the hall could not tell).
export const { words, views, me } = JSON.parse(document.getElementById("start").textContent);
