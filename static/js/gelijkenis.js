/* While a name is typed, asks the page itself for listings that look like it and shows them under the fields. */

const WAIT = 350;
const frame = document.querySelector("[data-gelijken]");
const fields = frame ? ["naam", "plaats"].map((name) => frame.closest("form").elements[name]) : [];
const box = frame?.querySelector("div");
let timer;
let request;
let last = "";

async function look() {
  const [name, place] = fields.map((field) => field.value.trim());
  const asked = `${name}|${place}`;
  if (asked === last) return;
  last = asked;
  request?.abort();
  if (name.length < 3) { frame.hidden = true; return; }
  request = new AbortController();
  const address = new URL(frame.dataset.gelijken, location.href);
  address.search = new URLSearchParams({ naam: name, plaats: place });
  try {
    const answer = await fetch(address, { signal: request.signal, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    // Our own page sends this piece, with everything in it escaped.
    box.innerHTML = await answer.text();
    frame.hidden = !box.textContent.trim();
  } catch {
    // Without an answer the server looks once more when the form is sent.
  }
}

for (const field of fields) {
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, WAIT); });
}
if (frame) look();
