// Leads from an address that a page has had to where it is, keeping the part that was asked for; to
// the second page, where one became two and the part went there.
const first = document.querySelector("link[rel=canonical]").href;
const parts = JSON.parse(document.querySelector("main").dataset.parts ?? "{}");
const part = decodeURIComponent(location.hash.slice(1));
const to = Object.hasOwn(parts, part) ? new URL(parts[part], location) : first;
location.replace(to + location.search + location.hash);
