/** The largest ZIP file, in bytes, that the service takes in a request (50 MB): FSS.1071 of the error catalogue. */
export const packageLimit = 52_428_800;

/** The largest code, in bytes, that the service takes with `code_type` `inline` (10 KB): FSS.1072 of the error catalogue. */
export const inlineLimit = 10_240;
