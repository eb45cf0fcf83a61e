// Your progress: what is done in the table, and all of it to a file, from a file, or away.
"use strict";

import("./progress/table.js").then((it) => it.begin(), () => {});
