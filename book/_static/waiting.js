// The reader's browser runs the program that the build ran, and draws its line in the same picture.
"use strict";

for (const place of document.querySelectorAll(".waiting-run")) {
  const root = new URL("live/session.js", document.currentScript.src).href;
  const program = place.parentElement.querySelector(".highlight-python pre").textContent;
  const plots = document.querySelectorAll(".measured-figure .plot");
  const built = [...plots[0].querySelectorAll("polyline")].flatMap(highest)[0];
  place.className = "live-bar";
  place.innerHTML = '<button type="button">Run it in this browser</button><p role="status"></p>';
  const [button, said] = place.children;

  function highest(line) {
    return Math.max(...[...line.points].map((point) => point.y));
  }

  /** Draw points as the second line of each picture, in the place of an earlier one. */
  function draw(points) {
    for (const plot of plots) {
      plot.querySelector(".browser")?.remove();
      const line = plot.firstElementChild.cloneNode();
      line.setAttribute("class", "browser");
      line.setAttribute("points", points.map((point) => point.join()).join(" "));
      line.style.stroke = "var(--figure-2)";
      plot.append(line);
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
      `import gc\nfrom collections.abc import Iterator\n${program}\n` +
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
