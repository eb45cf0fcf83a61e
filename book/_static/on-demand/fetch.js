// What a page shows when its reader asks for it, from the file that an element names in
// `data-source`, relative to the page.

const known = new Map();

/** What is wrong, in a sentence for whoever reads the page. */
export class NotFetched extends Error {
  forReaders = true;
}

/** The text of the file, fetched once; otherwise `NotFetched`. */
export function fetchSource(element) {
  const address = new URL(element.dataset.source, document.baseURI).href;
  if (!known.has(address)) {
    known.set(address, load(address).catch((error) => {
      known.delete(address);  // the next click may have more luck
      throw error;
    }));
  }
  return known.get(address);
}

async function load(address) {
  if (location.protocol === "file:") {
    throw new NotFetched("A browser fetches nothing for a page that is opened from the disk. "
      + "“make serve” serves the book.");
  }
  let answer;
  try {
    answer = await fetch(address);
  } catch {
    throw new NotFetched("It could not be fetched. Are you connected? Try again.");
  }
  if (!answer.ok) throw new NotFetched("It is not where it was. Reload the page.");
  return answer.text();
}
