// Programs to step through: a button for each.  What it needs is fetched when it is pressed.
"use strict";

const stepper = new URL("steps/stepper.js", document.currentScript.src).href;

for (const figure of document.querySelectorAll("figure.steps")) {
  const bar = Object.assign(document.createElement("div"), { className: "steps-bar" });
  const begin = Object.assign(document.createElement("button"), {
    type: "button", textContent: "Step through it",
  });
  const said = Object.assign(document.createElement("p"), { className: "steps-said" });
  said.setAttribute("role", "status");
  begin.addEventListener("click", async () => {
    begin.disabled = true;
    try {
      await (await import(stepper)).begin(figure, bar, said);
      begin.remove();
    } catch (error) {
      if (location.protocol === "file:") {
        said.textContent = "A browser fetches the steps only for a page that is served: “make serve”.";
      } else {
        said.textContent = error.forReaders ? error.message : "The steps could not be fetched. Try again.";
      }
      begin.disabled = false;
    }
  });
  bar.append(begin);
  figure.querySelector(".steps-code").after(bar, said);
}
