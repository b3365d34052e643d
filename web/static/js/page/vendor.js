/** The scripts of others, loaded when they are needed: some fail at once in a browser that cannot draw what they draw. */

/**
 * Load classic scripts from the vendor folder, one after the other; each adds its name to the page.
 * @param {...string} names
 */
export async function loadVendor(...names) {
  for (const name of names) await import(new URL(`../../vendor/${name}`, import.meta.url).href);
}
