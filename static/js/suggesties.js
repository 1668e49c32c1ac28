/* Suggestions under a search field: the ARIA combobox pattern over GET …/suggesties/?q=…&plaats=…
   which answers {"groepen": [{"titel": "…", "items": [{"tekst": "…", "url": "…", "uitleg": "…"}]}]}. */

const WAIT = 120;
let counter = 0;

export default function suggest(frame) {
  const input = frame.querySelector("input");
  const form = input.form;
  const id = `suggesties-${(counter += 1)}`;
  const list = Object.assign(document.createElement("div"), { id, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggesties");
  const status = Object.assign(document.createElement("div"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  frame.append(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" })) input.setAttribute(name, value);

  let options = [];
  let active = -1;
  let timer;
  let request;
  const seen = new Map();

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const show = (groups) => {
    options = [];
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren();
    for (const group of groups.filter((one) => one.items.length)) {
      const box = document.createElement("div");
      const title = Object.assign(document.createElement("div"), { className: "suggestions-group", id: `${id}-g${options.length}`, textContent: group.titel });
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", title.id);
      box.append(title);
      for (const item of group.items) {
        const option = Object.assign(document.createElement("div"), { id: `${id}-${options.length}`, textContent: item.tekst });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = item.url;
        if (item.uitleg) option.append(Object.assign(document.createElement("small"), { textContent: item.uitleg }));
        options.push(option);
        box.append(option);
      }
      list.append(box);
    }
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length ? `${options.length} suggesties. Kies met de pijltjes.` : "Geen suggesties.";
  };

  const fetchFor = async (text) => {
    const address = new URL(frame.dataset.suggesties, location.href);
    address.searchParams.set("q", text);
    const place = form?.elements.plaats?.value.trim();
    if (place) address.searchParams.set("plaats", place);
    if (seen.has(address.href)) { show(seen.get(address.href)); return; }
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const groups = (await answer.json()).groepen ?? [];
      seen.set(address.href, groups);
      if (input.value.trim() === text && document.activeElement === input) show(groups);
    } catch {
      // A slow or lost connection leaves a plain search field.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text.length < 2) { request?.abort(); close(); return; }
    timer = setTimeout(() => fetchFor(text), WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); return; }
    if (list.hidden || !options.length) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1 >= options.length ? -1 : active + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? options.length - 1 : active - 1); }
    if (event.key === "Enter" && active >= 0) { event.preventDefault(); location.assign(options[active].dataset.url); }
  });
  input.addEventListener("blur", () => { clearTimeout(timer); close(); });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}
