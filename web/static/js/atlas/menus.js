/** Menus close as menus do: by Escape, by a click elsewhere, and when another opens. */

const OPEN = "details.menu[open]";

export function listenToMenus() {
  document.addEventListener("pointerdown", ({ target }) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!(target instanceof Node && menu.contains(target))) menu.removeAttribute("open");
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" ? document.querySelector(OPEN) : null;
    if (!(menu instanceof HTMLDetailsElement)) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
