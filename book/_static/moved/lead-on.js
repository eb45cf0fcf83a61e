// Leads from an address that a page has had to where it is, keeping the part that was asked for.
const to = document.querySelector("link[rel=canonical]").href;
location.replace(to + location.search + location.hash);
