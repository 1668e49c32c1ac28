/* <button data-delen data-url="…" data-titel="…"> shares by the device, or copies the address. */

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export default function share(button) {
  button.hidden = false;
  const url = new URL(button.dataset.url || location.href, location.href).href;
  const status = Object.assign(document.createElement("span"), { className: "muted small" });
  status.setAttribute("role", "status");
  button.after(status);
  button.addEventListener("click", async () => {
    if ("delen" in button.dataset && navigator.share) {
      try {
        await navigator.share({ title: button.dataset.titel || document.title, url });
        return;
      } catch (error) {
        if (error.name === "AbortError") return;
      }
    }
    status.textContent = (await copy(button.dataset.kopieren || url)) ? " Gekopieerd." : ` Kopieer dit adres: ${url}`;
  });
}
