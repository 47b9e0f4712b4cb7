// Dragging: essays and parts are taken by their grips and put down elsewhere: mouse, pen, finger.

// Makes the items of a list of sections movable; `dropped` is told which was put down elsewhere.
export function dragged(list, dropped) {
  let item = null;
  let home = null;

  const end = (isDropped) => {
    if (!item) return;
    item.classList.remove("dragged");
    if (!isDropped) home.parent.insertBefore(item, home.next);
    const isElsewhere = item.parentElement !== home.parent || item.nextElementSibling !== home.next;
    const moved = item;
    item = null;
    removeEventListener("keydown", given);
    if (isElsewhere) dropped(moved);
  };

  const given = (event) => {
    if (event.key === "Escape") end(false);
  };

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    item = grip.closest("li");
    home = { parent: item.parentElement, next: item.nextElementSibling };
    item.classList.add("dragged");
    list.setPointerCapture(event.pointerId);
    addEventListener("keydown", given);
  });
  list.addEventListener("pointermove", (event) => {
    if (item) put(item, list, event.clientY);
  });
  list.addEventListener("pointerup", () => end(true));
  list.addEventListener("pointercancel", () => end(false));
}

// Puts an item where the pointer is: before the first of its kind whose middle lies below it.
function put(item, list, y) {
  const isEntry = item.classList.contains("entry");
  const home = isEntry ? homeAt(list, y) : list;
  const kind = isEntry ? ".entry" : ".section.part";
  const rows = [...home.children].filter((it) => it !== item && it.matches(kind));
  const next = rows.find((it) => middle(it) > y);
  if (next) next.before(item);
  else if (rows.length) rows.at(-1).after(item);
  else if (isEntry) home.append(item);
}

// The essays of the section in which a height lies.
function homeAt(list, y) {
  const homes = [...list.querySelectorAll(".entries")];
  const top = (it) => it.parentElement.getBoundingClientRect().top;
  return homes.findLast((it) => top(it) <= y) ?? homes[0];
}

function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}
