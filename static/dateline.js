// What the pages do beyond HTML and CSS. Nothing depends on it: without it a note lies beside
// its paragraph instead of its line, and the two ends do not light up together.

const wide = matchMedia("(min-width: 60rem)");
const notes = [...document.querySelectorAll(".note")];

/** The places in the text that the note called `id` speaks of. */
const ends = (id) => document.querySelectorAll(`[data-note="${CSS.escape(id)}"]`);

/** Brings each note level with the line of its words, below the note before it. */
function tether(body) {
  body.classList.toggle("is-tethered", wide.matches);
  body.style.minHeight = "";
  const top = body.getBoundingClientRect().top;
  let free = 0;
  for (const note of body.querySelectorAll(".note")) {
    const ref = [...ends(note.dataset.note)].find((end) => end !== note);
    if (!wide.matches || !ref) {
      note.style.top = "";
      continue;
    }
    const at = Math.max(ref.getClientRects()[0].top - top, free);
    note.style.top = `${at}px`;
    free = at + note.offsetHeight + 14;
  }
  if (wide.matches && free > body.offsetHeight) body.style.minHeight = `${free}px`;
}

function lay() {
  document.querySelectorAll(".body:has(.note)").forEach(tether);
}

/** In the margin all notes are open; below their paragraph the reader opens them. */
function unfold() {
  for (const note of notes) note.open = wide.matches;
  lay();
}

if (notes.length) {
  unfold();
  wide.addEventListener("change", unfold);
  addEventListener("resize", lay);
  addEventListener("load", lay);
  document.fonts?.ready.then(lay);
  for (const note of notes) note.addEventListener("toggle", lay);
  addEventListener("beforeprint", () => notes.forEach((note) => (note.open = true)));
  addEventListener("afterprint", unfold);

  const light = (event) => {
    const id = event.target.closest?.("[data-note]")?.dataset.note;
    document.querySelectorAll(".is-lit").forEach((end) => end.classList.remove("is-lit"));
    if (id) ends(id).forEach((end) => end.classList.add("is-lit"));
  };
  document.addEventListener("pointerover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("focusout", light);
}
