/* Keeps what someone typed in <form data-bewaar="key"> on their own device, until it has been sent well.
   A page after success carries data-bewaar-wissen="key". Passwords, files and hidden fields are never kept. */

const PREFIX = "bewaard:";
const MAX_AGE = 14 * 24 * 3600 * 1000;
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type) && !field.closest("[data-niet-bewaren]"));
const isCheck = (field) => field.type === "checkbox" || field.type === "radio";

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < MAX_AGE ? kept.values : null;
  } catch {
    return null;
  }
}

function save(form, key) {
  const values = fieldsOf(form).map((field) => [field.name, isCheck(field) ? `${field.value}:${field.checked}` : field.value]);
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // Storage can be full or forbidden; then the server's own copy must do.
  }
}

function restore(form, values) {
  const fields = fieldsOf(form);
  const taken = new Set();
  let changed = 0;
  for (const [name, value] of values) {
    const field = fields.find((one) => one.name === name && !taken.has(one) && (!isCheck(one) || value === `${one.value}:true` || value === `${one.value}:false`));
    if (!field) continue;
    taken.add(field);
    if (isCheck(field)) {
      const on = value.endsWith(":true");
      if (on !== field.checked) { field.checked = on; changed += 1; }
    } else if (!field.value && value) {
      field.value = value;
      changed += 1;
    }
  }
  return changed;
}

function tell(form, key) {
  const note = document.createElement("p");
  note.className = "notice";
  note.setAttribute("role", "status");
  const text = document.createElement("span");
  text.textContent = "Wat u eerder invulde, staat weer klaar. ";
  const clear = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet button--small", textContent: "Opnieuw beginnen" });
  clear.addEventListener("click", () => { localStorage.removeItem(key); form.reset(); note.remove(); });
  note.append(text, clear);
  form.prepend(note);
}

export default function keep(element) {
  if (element.dataset.bewaarWissen) {
    try { localStorage.removeItem(PREFIX + element.dataset.bewaarWissen); } catch { /* nothing was kept */ }
    return;
  }
  const key = PREFIX + element.dataset.bewaar;
  const values = read(key);
  // A form that came back with errors already holds the latest words.
  const summaries = [...document.querySelectorAll(".error-summary")].map((summary) => summary.closest("form"));
  const cameBack = element.querySelector(".field--error") || summaries.some((form) => !form || form === element);
  if (values && !cameBack && restore(element, values)) tell(element, key);
  let timer;
  const now = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    save(element, key);
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(now, 400); };
  element.addEventListener("input", later);
  element.addEventListener("change", later);
  // What was typed before this script came is kept too.
  if (fieldsOf(element).some((field) => "defaultValue" in field && !isCheck(field) && field.value !== field.defaultValue)) later();
  element.addEventListener("submit", () => save(element, key));
  element.addEventListener("reset", () => { clearTimeout(timer); timer = undefined; });
  addEventListener("pagehide", now);
  element.dataset.kept = "true";
}
