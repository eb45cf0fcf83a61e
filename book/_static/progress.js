// What a reader has done stays on the device, and is counted in the contents: by a script that is
// fetched where there is anything to count.
"use strict";

{
  const count = () => import("./progress/contents.js").then((it) => it.count()).catch(() => {});
  const kept = () => {
    try {
      return Object.keys(localStorage).some((key) => /^(done|predict) /.test(key));
    } catch {
      return false; // a browser may refuse
    }
  };
  addEventListener("done", count);
  addEventListener("change", ({ target }) => target.closest(".predict") && count());
  if (location.protocol !== "file:" && kept()) count();
}
