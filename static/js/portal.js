// What HTML and htmx cannot do alone. Every page works without this file.

const messages = document.getElementById("pesan");

// The answer to a pressed button has no address of its own: on the way back the page is asked for
// as a link would, instead of the browser's question whether to send the form again.
if ("answer" in document.body.dataset) history.replaceState(history.state, "", location.href);

// A live region speaks only what arrives after it is there: let the first messages arrive again.
if (messages?.childElementCount) {
  const waiting = [...messages.childNodes];
  messages.replaceChildren();
  setTimeout(() => {
    messages.append(...waiting);
    // What arrives above the reader's place pushes nothing down: bring them back to it.
    if (location.hash === "#pesan") messages.scrollIntoView();
  }, 150);
}

// Dialogs: the link leads to a page that says the same; here it opens the dialog instead.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dialog]");
  const dialog = link && document.getElementById(link.dataset.dialog);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
});

// Menus close when attention moves elsewhere.
document.addEventListener("click", (event) => closeMenus(event.target.closest(".menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.(".menu[open]");
  closeMenus(null);
  open?.querySelector("summary").focus();
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

// Copying: the button is hidden in HTML, since it needs this file; a part that htmx brings has some.
offerCopying();
document.addEventListener("htmx:load", offerCopying);
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.lastChild.textContent = "Tersalin";
});

function offerCopying() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}

// The phone's position fills the two fields; nobody is asked for it before the button is pressed.
for (const button of document.querySelectorAll("[data-position]")) {
  const { latitude, longitude } = button.form.elements;
  const said = document.getElementById("posisi");
  button.hidden = !navigator.geolocation;
  button.addEventListener("click", () => {
    said.textContent = "Mencari posisi…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        latitude.value = coords.latitude.toFixed(6);
        longitude.value = coords.longitude.toFixed(6);
        said.textContent = `Terisi, ketelitian sekitar ${Math.round(coords.accuracy)} meter. Periksa, lalu simpan.`;
      },
      () => { said.textContent = "Posisi tidak didapat. Izinkan akses lokasi, atau isi kedua angka sendiri."; },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });
}

// htmx only reads; what changes something is a form that somebody sends.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb !== "get") event.preventDefault();
});

// A part of a page that does not come is said aloud, where messages are read.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    say("Bagian halaman ini belum dapat dimuat. Periksa sambungan Anda, lalu muat ulang halaman.", "tone-danger");
  });
}

// The session was over when somebody pressed the button: what they had typed waits in this tab
// while they sign in again, and is forgotten by the next page that is not the form itself.
const DRAFT = "isian";
// With the stamp of what the form was opened with: what somebody saved meanwhile is not overwritten.
// And with what a report's words were proposed from, so that old figures are known as old.
const STAMPS = ["dibuka", "proposed"];
const TYPED = "input:not([type=hidden], [type=password], [type=file]), input[name=dibuka], input[name=proposed], select, textarea";
// A last look holds what was typed on the page before, hidden; that page is where it comes back.
const typedIn = (form) => form.querySelectorAll(form.matches("[data-typed]") ? `${TYPED}, [type=hidden]` : TYPED);
const person = document.body.dataset.person;
const kept = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
sessionStorage.removeItem(DRAFT);
if (kept?.person === person && kept.path === location.pathname && comesFromSignIn()) bringBack(kept);

document.addEventListener("submit", ({ target: form }) => {
  if (form.method !== "post" || !person) return;
  const fields = [...typedIn(form)].map(({ name, value, checked, type }) => [name, value, checked, type]);
  if (!fields.length) return; // a mere button: nothing that could come back
  sessionStorage.setItem(DRAFT, JSON.stringify({ person, path: location.pathname, fields }));
  if (fields.some(([name, value]) => !STAMPS.includes(name) && value) && !form.elements.namedItem(DRAFT)) {
    const kept = document.createElement("input"); // for the sign-in page, which then can say so
    Object.assign(kept, { type: "hidden", name: DRAFT, value: "1" });
    form.append(kept);
  }
});

function comesFromSignIn() {
  return document.referrer && new URL(document.referrer).pathname === "/masuk/";
}

function bringBack({ fields }) {
  const shown = (form) => [...form.querySelectorAll(TYPED)];
  const names = new Set(fields.map(([name]) => name));
  const form = [...document.forms].find((form) => shown(form).some(({ name, type }) => type !== "hidden" && names.has(name)));
  if (!form) return;
  const left = {};
  for (const it of fields) (left[it[0]] ??= []).push(it);
  for (const field of shown(form)) {
    const said = left[field.name];
    if (!said) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = said.some((it) => ticks(it, field));
    else if (said.length) field.value = said.shift()[1];
  }
  const stands = form.dataset.undone ?? "Isian Anda yang belum tersimpan ada lagi di bawah.";
  const files = form.querySelector("[type=file]") ? ", lampirkan kembali berkasnya bila ada" : "";
  const button = form.querySelector("button.button:not([type=button])");
  say(`${stands} Periksa isian${files}, lalu tekan ${button.innerText.trim()}.`, "tone-attention");
}

// Hidden, a single tick reads "True".
function ticks([, value, checked, type], field) {
  return type === "hidden" ? value === field.value || (value === "True" && field.type === "checkbox") : checked && value === field.value;
}

function say(words, tone) {
  const notice = document.createElement("p");
  notice.className = `callout ${tone}`;
  notice.textContent = words;
  messages?.replaceChildren(notice);
}
