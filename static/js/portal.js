// What HTML and htmx cannot do alone. Every page works without this file.

const messages = document.getElementById("pesan");

// A live region speaks only what arrives after it is there: let the first messages arrive again.
if (messages?.childElementCount) {
  const waiting = [...messages.childNodes];
  messages.replaceChildren();
  setTimeout(() => messages.append(...waiting), 150);
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

// Copying: the button is hidden in HTML, since it needs this file.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.lastChild.textContent = "Tersalin";
  });
}

// A part of a page that does not come is said aloud, where messages are read.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    const notice = document.createElement("p");
    notice.className = "callout tone-danger";
    notice.textContent = "Bagian halaman ini belum dapat dimuat. Periksa sambungan Anda, lalu muat ulang halaman.";
    document.getElementById("pesan")?.replaceChildren(notice);
  });
}
