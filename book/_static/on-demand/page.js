// What scripts that are fetched later make of a page: its name, new elements, and styles of their own.

/** Where the site begins. */
export const root = new URL(document.documentElement.dataset.content_root ?? "./", location);
/** This page's name, such as "memory/pickle". */
export const page =
  location.pathname.slice(root.pathname.length).replace(/\.html$/, "").replace(/(^|\/)$/, "$1index");

/** Return a new element; `children` are elements or text. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Give the page a style sheet; fulfilled when it is there. */
export function addStyle(address) {
  return new Promise((loaded, failed) => {
    const link = { rel: "stylesheet", href: address.href, onload: loaded, onerror: failed };
    document.head.append(element("link", link));
  });
}
