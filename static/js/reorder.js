// Items of a list are dragged into another order; the buttons beside them do the same without this
// file. Where an item is dropped, a form is sent as if its button had been pressed.

for (const list of document.querySelectorAll("[data-reorder]")) {
  let dragged = null;
  const items = () => [...list.children];
  const order = () => items().map((item) => item.dataset.key).join(",");
  const before = order();
  const shown = items();

  for (const item of items()) item.draggable = true;

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-key]");
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
  });

  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest("[data-key]");
    if (!over || over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    const isBelow = event.clientY > top + height / 2;
    list.insertBefore(dragged, isBelow ? over.nextSibling : over);
  });

  list.addEventListener("drop", (event) => event.preventDefault());

  list.addEventListener("dragend", (event) => {
    dragged?.classList.remove("dragged");
    dragged = null;
    // Ended by Escape, or dropped somewhere else: all stays as it was.
    if (event.dataTransfer.dropEffect === "none") list.append(...shown);
    if (order() === before) return;
    const form = document.getElementById(list.dataset.reorder);
    form.elements.urutan.value = order();
    form.requestSubmit();
  });
}
