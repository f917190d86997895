// What native inputs do not say in Indonesian. Every form works without this file.

const LONG = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric" });

for (const moment of ["DOMContentLoaded", "htmx:afterSettle"]) {
  document.addEventListener(moment, () => {
    document.querySelectorAll("input[type=date]:not([data-spelled])").forEach(spellOut);
    document.querySelectorAll("input[type=file]:not([data-picked])").forEach(nameFile);
    document.querySelectorAll("[data-while]").forEach(followChoice);
  });
}
document.querySelectorAll("form[data-unsent]").forEach(askBeforeLosing);

// The browser writes dates in its own language, where 03/04 may be March: the day in words beneath.
function spellOut(input) {
  const words = document.createElement("p");
  words.className = "spelled";
  words.id = `${input.id}_ejaan`;
  words.setAttribute("aria-live", "polite");
  input.after(words);
  input.dataset.spelled = "";
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${words.id}`.trim());
  tellNowAndLater(input, () => {
    words.textContent = input.value ? LONG.format(new Date(`${input.value}T00:00`)) : "";
  });
}

// The input itself lies unseen over button and name: it takes the click, the key and the dropped file.
function nameFile(input) {
  const pick = document.createElement("div");
  const name = document.createElement("span");
  pick.className = "file-pick";
  pick.innerHTML = '<span class="button button-secondary" aria-hidden="true">Pilih berkas</span>';
  name.className = "file-name";
  name.setAttribute("aria-hidden", "true");
  input.replaceWith(pick);
  pick.prepend(input);
  pick.append(name);
  input.dataset.picked = "";
  tellNowAndLater(input, () => {
    name.textContent = input.title = input.files[0]?.name ?? "Belum ada berkas yang dipilih";
  });
}

// data-while="decree=": only while that answer is empty; data-while="decree=7": only while it is 7.
function followChoice(part) {
  const [name, value] = part.dataset.while.split("=");
  const choice = part.closest("form")?.elements.namedItem(name);
  if (!choice || part.dataset.followed) return;
  part.dataset.followed = "yes";
  // Radio buttons of one name have no events of their own; their form hears them.
  tellNowAndLater(choice instanceof RadioNodeList ? part.closest("form") : choice, () => {
    part.hidden = choice.value !== value;
    if (part instanceof HTMLFieldSetElement) part.disabled = part.hidden;
  });
}

// A long form that was changed, or came back refused, is not left without a question. Asked only from
// then on: a page that listens for its own end is not kept for the way back.
function askBeforeLosing(form) {
  const ask = (event) => event.preventDefault();
  const begin = () => window.addEventListener("beforeunload", ask);
  form.addEventListener("input", begin);
  form.addEventListener("submit", () => window.removeEventListener("beforeunload", ask));
  if (document.querySelector(".error-summary")) begin();
}

// On the way back the browser fills the fields in after this file has run.
function tellNowAndLater(input, tell) {
  tell();
  for (const moment of ["input", "change"]) input.addEventListener(moment, tell);
  window.addEventListener("pageshow", tell);
}
