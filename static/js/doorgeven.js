/* Passing on: saves a listing without leaving the results, and prints. Without this file forms do the same. */

const print = document.querySelector("[data-afdrukken]");
if (print) {
  print.hidden = false;
  document.querySelector("[data-zonder-script]")?.remove();
  print.addEventListener("click", () => window.print());
}

// One after the other: the session of a visitor is written as a whole, so that two at once would lose one.
let last = Promise.resolve();

export function keep(form, button) {
  last = last.then(() => send(form, button));
}

async function send(form, button) {
  const data = new FormData(form);
  data.set(button.name, button.value);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
  } catch {
    answer = null;
  }
  if (!answer?.ok) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.submit();
    return;
  }
  const count = await answer.text();
  const link = Object.assign(document.createElement("a"), { href: "/geef-door/", className: button.className, id: button.id });
  const name = button.querySelector(".visually-hidden")?.textContent.trim() ?? "";
  link.append(document.createTextNode("In uw lijst"));
  if (name) link.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: `: ${name}` }));
  const described = button.getAttribute("aria-describedby");
  if (described) link.setAttribute("aria-describedby", described);
  button.replaceWith(link);
  link.focus();
  for (const item of document.querySelectorAll("[data-mijn-lijst]")) {
    item.hidden = false;
    item.querySelector("a").textContent = `Mijn lijst (${count})`;
  }
}
