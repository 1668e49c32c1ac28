/* Every page works without this file; it only makes things quicker. Parts are fetched when a page needs them. */

const near = (selector, load) => {
  const found = document.querySelectorAll(selector);
  if (found.length) load().then((part) => found.forEach((element) => part.default(element)));
};

near("form[data-bewaar], [data-bewaar-wissen]", () => import("./bewaren.js"));

// Keeping a listing to pass on leaves the results where they are.
document.addEventListener("submit", (event) => {
  if (event.target.id !== "geef-door" || !event.submitter) return;
  event.preventDefault();
  import("./doorgeven.js").then((part) => part.keep(event.target, event.submitter));
});

// Who logs out leaves no half-written text behind on a shared computer.
document.addEventListener("submit", (event) => {
  if (!event.target.getAttribute("action")?.endsWith("/account/logout/")) return;
  try {
    Object.keys(localStorage).filter((key) => /^bewaard:(reactie|gesprek)-/.test(key)).forEach((key) => localStorage.removeItem(key));
  } catch { /* nothing was kept */ }
});

// Suggestions cost a request, so they come when someone is about to type.
document.addEventListener("focusin", (event) => {
  const field = event.target.closest?.("[data-suggesties]");
  if (!field || field.dataset.ready) return;
  field.dataset.ready = "true";
  import("./suggesties.js").then((part) => part.default(field));
});

// The error summary is read first after a form comes back.
document.querySelector("[data-focus]")?.focus();

// On a wide screen the filters stand open beside the results.
const wide = matchMedia("(min-width: 60rem)");
for (const filters of document.querySelectorAll(".filters--column")) {
  const follow = () => { if (wide.matches) filters.open = true; };
  wide.addEventListener("change", follow);
  follow();
}

// Menus close with Escape and by a click elsewhere.
const menus = "details.account, details.site-menu";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.(menus) ?? document.querySelector(`:is(${menus})[open]`);
  if (open?.open) { open.open = false; open.querySelector("summary").focus(); }
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.account[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

const confirmed = new WeakSet();

function ask(button) {
  const dialog = document.getElementById("dialoog-bevestig") ?? document.body.appendChild(document.createElement("dialog"));
  dialog.id = "dialoog-bevestig";
  dialog.setAttribute("aria-labelledby", "dialoog-bevestig-tekst");
  const text = Object.assign(document.createElement("p"), { id: "dialoog-bevestig-tekst", textContent: button.dataset.confirm });
  const form = Object.assign(document.createElement("form"), { method: "dialog", className: "form-actions" });
  const yes = Object.assign(document.createElement("button"), { className: "button button--danger", value: "ja", textContent: button.textContent.trim() });
  const no = Object.assign(document.createElement("button"), { className: "button button--secondary", value: "", textContent: "Nee, terug" });
  form.append(yes, no);
  dialog.replaceChildren(text, form);
  dialog.returnValue = "";
  dialog.onclose = () => {
    button.focus();
    if (dialog.returnValue !== "ja") return;
    confirmed.add(button);
    button.click();
  };
  dialog.showModal();
  no.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-confirm]");
  if (!button || confirmed.delete(button)) return;
  event.preventDefault();
  ask(button);
});

// A form goes out once; it may go again from the back button, or when the answer was a download.
const AGAIN_AFTER = 8000;
const release = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "true";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(release, AGAIN_AFTER, form);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

// <button data-delen data-url="…" data-titel="…"> shares by the device, or copies the address.
function prepareShare(button) {
  button.hidden = false;
  const url = new URL(button.dataset.url || location.href, location.href).href;
  const text = button.dataset.kopieren || url;
  const status = Object.assign(document.createElement("span"), { className: "muted small" });
  status.setAttribute("role", "status");
  button.after(status);
  button.addEventListener("click", async () => {
    try {
      if ("delen" in button.dataset && navigator.share) {
        await navigator.share({ title: button.dataset.titel || document.title, url });
      } else {
        await navigator.clipboard.writeText(text);
        status.textContent = "Gekopieerd.";
      }
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = `Kopieer dit zelf: ${text}`;
    }
  });
}
document.querySelectorAll("[data-delen], [data-kopieren]").forEach(prepareShare);

// What is done with a listing is counted, never who did it. A count goes out at once, or when the page is left.
const LISTING = /^\/organisaties\/([\w-]+)\/$/;
const slugOf = (link) => (link && LISTING.exec(link.pathname)?.[1]) || "";

function kindOf(element) {
  // A link within a map is another kind of element, without the parts of an address.
  const link = element.closest("a[href]:not(svg a)");
  if (element.closest("[data-delen], [data-kopieren], button[name=organisatie]") || link?.pathname.endsWith("/vcard/")) return "gedeeld";
  if (!link || link.origin === location.origin) return "";
  if (link.protocol === "tel:") return "gebeld";
  if (link.protocol === "mailto:") return "gemaild";
  return link.hostname.endsWith("openstreetmap.org") ? "route" : "website";
}

function countAll() {
  const page = document.querySelector(".listing") && slugOf(location);
  const words = document.querySelector("[data-telwoorden]")?.dataset.telwoorden ?? "";
  const told = new Set();
  const seen = new Set();
  const count = (kind, slugs) => {
    const fresh = slugs.filter((slug) => slug && !told.has(`${kind} ${slug}`));
    for (const slug of fresh) told.add(`${kind} ${slug}`);
    if (fresh.length) navigator.sendBeacon("/tel/", new URLSearchParams({ soort: kind, wie: fresh.join(), woorden: kind === "getoond" ? words : "" }));
  };
  const open = () => count("geopend", [page]);
  const leave = () => { open(); count("getoond", [...seen]); };
  const watch = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && seen.add(slugOf(entry.target))), { threshold: 1 });
  document.querySelectorAll(".result :is(h2, h3) a").forEach((link) => watch.observe(link));
  if (page) setTimeout(open, 3000);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  document.addEventListener("click", ({ target }) => {
    const kind = target.closest && kindOf(target);
    if (!kind) return;
    open();
    count(kind, [slugOf(target.closest(".result")?.querySelector(":is(h2, h3) a")) || page]);
  });
}

// A page that is fetched ahead or opened behind another was not seen yet; one that a program drives is seen by nobody.
const whenSeen = () => {
  if (navigator.webdriver || document.visibilityState !== "visible" || document.prerendering) return;
  document.removeEventListener("visibilitychange", whenSeen);
  countAll();
};
document.addEventListener("visibilitychange", whenSeen);
whenSeen();
