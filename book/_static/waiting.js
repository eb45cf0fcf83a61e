// The reader's browser runs the program that the build ran, and draws its line in the same picture.
"use strict";

for (const place of document.querySelectorAll(".waiting-run")) {
  const root = new URL("live/session.js", document.currentScript.src).href;
  const program = place.nextElementSibling.textContent;
  const plots = document.querySelectorAll(".measured-figure .plot");
  const built = Math.max(...[...plots[0].firstElementChild.points].map((point) => point.y));
  place.className = "live-bar";
  place.innerHTML = '<button type="button">Run it in this browser</button><p role="status"></p>';
  const [button, said] = place.children;

  /** Draw points as the second line of each picture, under the label of the first one. */
  function draw(points) {
    for (const plot of plots) {
      const label = plot.nextElementSibling;
      if (!plot.children[1]) {
        plot.append(plot.children[0].cloneNode());
        plot.children[1].style.stroke = "var(--figure-2)";
        const own = label.cloneNode();
        own.textContent = "in your browser";
        own.setAttribute("y", Number(label.getAttribute("y")) + 18);
        own.style.fill = "var(--figure-2)";
        label.after(own);
      }
      plot.children[1].setAttribute("points", points.map((point) => point.join()).join(" "));
    }
  }

  async function start() {
    if (button.ariaDisabled) return;
    button.ariaDisabled = "true";
    said.textContent = "Starting Python…";
    const { outcome, message, most, version } = await measure().catch(() => ({
      message: location.protocol === "file:"
        ? "This page was opened from a disk, where browsers start no Python; open it from a server."
        : "Python could not be fetched; look at the connection, and try again.",
    }));
    button.ariaDisabled = null;
    said.textContent = outcome !== "done" ? message
      : `The upper line is ${version} in your browser: up to ${most.toLocaleString("en")} waited, ` +
        `${(most / built).toFixed(most < 10 * built ? 1 : 0)} times as many as in the build.`;
  }

  async function measure() {
    const { run, version } = await import(root);
    const points = [];
    let rest = "";
    const ended = await run(
      `import gc, sys\nfrom collections.abc import Iterator\n${program}\n` +
        "for point in waiting(200_000, 1_000):\n    print(*point)",
      {
        globals: "fresh",
        onState: (state) => { if (state === "running") said.textContent = "Running…"; },
        onOutput(text) {
          const lines = (rest + text).split("\n");
          rest = lines.pop();
          points.push(...lines.map((line) => line.split(" ").map(Number)));
          draw(points);
        },
      },
    );
    return { ...ended, most: Math.max(...points.map(([, alive]) => alive)), version: version() };
  }

  button.addEventListener("click", start);
}
