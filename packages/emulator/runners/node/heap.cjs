// Makes the engine keep to a function's memory.
"use strict";

const v8 = require("node:v8");

/** Up to so many MB there is no room for garbage beside what is in use. */
const small = 256;
/** By how much of what was in use after the last collection the old objects may grow until the next one: 300 % otherwise. */
const growthPercent = 40;

/**
 * Lets the engine collect garbage soon enough for a memory limit in MB. It was started before the limit was known, its own limit cannot be
 * changed any more, and it would first let half a gigabyte of garbage come together; but it looks at these settings at each collection.
 * Where memory is small every collection is a full one, which takes some milliseconds as there cannot be much in use.
 */
exports.fitHeap = (megabytes) => {
  v8.setFlagsFromString(megabytes <= small ? "--gc-global" : `--heap-growing-percent=${growthPercent}`);
};
