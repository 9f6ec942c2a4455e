/* Starts what needs script. Every page works without it. */
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  createAll,
} from "./govuk-frontend.min.js";

const COMPONENTS = [
  [Button, { preventDoubleClick: true }],
  [CharacterCount],
  [Checkboxes],
  [ErrorSummary],
  [NotificationBanner],
  [PasswordInput],
  [Radios],
];

/* A date copied from a letter or a spreadsheet and pasted into the day box fills all three boxes. */
const DATES = [
  { form: /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/, order: (y, m, d) => [d, m, y] },
  { form: /^\s*(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\s*$/, order: (d, m, y) => [d, m, y] },
];

function pasteDate(event) {
  const boxes = event.target.closest?.(".govuk-date-input")?.querySelectorAll("input");
  if (!boxes || boxes.length !== 3) return;
  const text = event.clipboardData.getData("text");
  for (const { form, order } of DATES) {
    const found = form.exec(text);
    if (!found) continue;
    event.preventDefault();
    order(...found.slice(1)).forEach((part, place) => {
      boxes[place].value = part;
    });
    boxes[2].focus();
    return;
  }
}

/* A press on Print opens every closed disclosure first, so that tables and sources reach the paper. */
function openForPrint() {
  for (const details of document.querySelectorAll("main details:not([open])")) {
    details.open = true;
    details.dataset.openedForPrint = "";
  }
}

function closeAfterPrint() {
  for (const details of document.querySelectorAll("details[data-opened-for-print]")) {
    details.open = false;
    delete details.dataset.openedForPrint;
  }
}

/* Filters answer at once where a form asks for it; without script its button does the same. */
function submitOnChange(event) {
  const form = event.target.form;
  if (form?.matches("[data-submit-on-change]")) form.requestSubmit();
}

/* Escape closes an open disclosure of a figure's source and gives the focus back to its control. */
function closeSource(event) {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details.pp-source[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
}

/* In a form with a matrix of risks, the cells of the scores chosen so far light up, and words name the band. */
const SCORES = { current: "Current", inherent: "Inherent", target: "Target" };

function lightUp(form) {
  const matrix = form?.querySelector("[data-matrix]");
  if (!matrix) return;
  const asked = Object.keys(SCORES).filter((kind) => form.elements[`${kind}_likelihood`]);
  for (const kind of asked) matrix.querySelector(`[data-mark="${kind}"]`)?.remove();
  const said = asked.flatMap((kind) => {
    const [likelihood, impact] = ["likelihood", "impact"].map((part) => form.elements[`${kind}_${part}`].value);
    const cell = matrix.querySelector(`[data-cell="${Number(likelihood)}-${Number(impact)}"]`);
    if (!cell) return [];
    const mark = document.createElement("span");
    mark.className = `pp-matrix__mark pp-matrix__mark--${kind}`;
    mark.dataset.mark = kind;
    for (const [part, text] of [["word", SCORES[kind]], ["letter", SCORES[kind][0]]]) {
      const words = document.createElement("span");
      words.className = `pp-matrix__${part}`;
      words.textContent = text;
      mark.append(words);
    }
    mark.lastChild.ariaHidden = "true";
    cell.append(mark);
    return [`${SCORES[kind]}: ${likelihood} × ${impact} = ${likelihood * impact}, ${cell.dataset.band.toLowerCase()}.`];
  });
  for (const cell of matrix.querySelectorAll("[data-cell]")) {
    cell.classList.toggle("pp-matrix__cell--marked", Boolean(cell.querySelector("[data-mark]")));
  }
  const now = matrix.querySelector('[data-cell]:has([data-mark="current"])')?.dataset.cell;
  for (const cell of form.querySelectorAll("[data-small]")) {
    cell.classList.toggle("pp-scoring__lit", cell.dataset.small === now);
  }
  form.querySelector("[data-matrix-said]").textContent = said.join(" ");
}

/* What is chosen rests at its place while the matrix itself is in sight, and covers nothing of it. */
function restInSight(matrix) {
  const foot = matrix.closest("form").querySelector(".pp-scoring__foot");
  const rest = ([seen]) => foot.classList.toggle("pp-scoring__foot--rests", seen.intersectionRatio > 0.5);
  new IntersectionObserver(rest, { threshold: [0.5, 0.6] }).observe(matrix);
}

function start(scope) {
  for (const [Component, config] of COMPONENTS) createAll(Component, config, { scope });
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
start(document);
document.addEventListener("paste", pasteDate);
document.addEventListener("change", submitOnChange);
document.addEventListener("change", ({ target }) => lightUp(target.form));
for (const matrix of document.querySelectorAll("form [data-matrix]")) {
  lightUp(matrix.closest("form"));
  restInSight(matrix);
}
document.addEventListener("keydown", closeSource);
document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) start(detail.elt);
});
window.addEventListener("beforeprint", openForPrint);
window.addEventListener("afterprint", closeAfterPrint);
