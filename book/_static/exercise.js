// Exercises: each has a button to begin with, and all else is fetched when it is pressed.
"use strict";

for (const box of document.querySelectorAll(".exercise")) {
  const place = box.querySelector(".exercise-begin");
  const [button, said] = place.children;
  button.disabled = false;
  const begin = () => {
    button.removeEventListener("click", begin);
    said.textContent = "Fetching the exercise…";
    import("./exercises/box.js").then((it) => it.begin(box, place)).catch(() => {
      button.addEventListener("click", begin);
      said.textContent = location.protocol === "file:"
        ? "This page was opened from a disk, where browsers start no Python; open it from a server."
        : "The exercise could not be fetched; look at the connection, and press Begin again.";
    });
  };
  button.addEventListener("click", begin);
}
