/* Passwords can be shown, passkeys appear where the browser knows them. Without script the forms work as they are. */

for (const field of document.querySelectorAll("input[data-wachtwoord]")) {
  const frame = Object.assign(document.createElement("div"), { className: "password" });
  const label = field.labels[0]?.firstChild?.textContent.trim().toLowerCase() || "wachtwoord";
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: "Tonen" });
  button.setAttribute("aria-label", `Tonen: ${label}`);
  button.setAttribute("aria-pressed", "false");
  field.before(frame);
  frame.append(field, button);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Verbergen" : "Tonen";
    button.setAttribute("aria-label", `${button.textContent}: ${label}`);
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => { show(field.type === "password"); field.focus(); });
  // A browser offers to keep the password only of a field that hides it.
  field.form?.addEventListener("submit", () => show(false));
}

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-sleutel]")) part.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.querySelector("[data-sleutel-fout]");
  if (note) note.hidden = false;
});
