// Live cells: each gets a button, and all else is fetched when one is pressed.
"use strict";

for (const cell of document.querySelectorAll(".plain-cell:not(.not-live)")) {
  const bar = document.createElement("div");
  bar.className = "live-bar";
  bar.innerHTML = '<button type="button">Run</button><p role="status"></p>';
  const [button, said] = bar.children;
  cell.querySelector(".cell_input").after(bar);
  const open = () => {
    button.removeEventListener("click", open);
    said.textContent = "Fetching the editor…";
    import("./live/cells.js").then(
      (cells) => cells.open(cell, bar),
      () => {
        button.addEventListener("click", open);
        said.textContent = location.protocol === "file:"
          ? "This page was opened from a disk, where browsers start no Python; open it from a server."
          : "The editor could not be fetched; look at the connection, and press Run again.";
      },
    );
  };
  button.addEventListener("click", open);
}
