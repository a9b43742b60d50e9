// Makes the engine keep to a function's memory.
"use strict";

const v8 = require("node:v8");

/** Up to so many MB there is little room for garbage beside what is in use. */
const small = 256;

/**
 * Lets the engine collect garbage soon enough for a memory limit in MB. It was started before the limit was known, and its own limit cannot be
 * changed any more; but at each collection it looks by how much of what is left the old objects may grow until the next one: 300 % otherwise.
 */
exports.fitHeap = (megabytes) => {
  v8.setFlagsFromString(`--heap-growing-percent=${megabytes <= small ? 10 : 40}`);
};
