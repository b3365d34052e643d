/** Forms of the map: what is chosen in them is asked for at once, from a slider soon after it has stopped. */

const SOON = 220; // milliseconds until what a slider asks for is fetched

/**
 * @param {HTMLFormElement} form
 * @param {(values: Record<string, string>) => void} limit
 */
export function listenToForm(form, limit) {
  let timer = 0;
  const asked = () => {
    const own = [...form.querySelectorAll("select, input:not([type=hidden])")];
    const named = own.map((field) => /** @type {HTMLInputElement} */ (field));
    return Object.fromEntries(named.map(({ name, value, min }) => [name, value === min ? "" : value]));
  };
  form.addEventListener("input", () => {
    const shown = form.querySelector("output");
    if (shown) shown.textContent = asked().least || "1";
    clearTimeout(timer);
    timer = setTimeout(() => limit({ ...asked(), page: "" }), SOON);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    limit({ ...asked(), page: "" });
  });
}
