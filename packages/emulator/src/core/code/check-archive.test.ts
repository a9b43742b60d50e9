import { expect, it } from "vitest";
import { example } from "../../../test/support/example.ts";
import { defaultLimits } from "../limits.ts";
import { checkArchive, looksLikeZip } from "./check-archive.ts";

const { func_code } = example("createFunction.request.zip") as { func_code: { file: string } };
const zip = Buffer.from(func_code.file, "base64");

it("takes a sound package and refuses others with the service's wording and details", async () => {
  await expect(checkArchive(zip, defaultLimits)).resolves.toBeUndefined();
  const refusal = {
    code: "FSS.1011",
    message: "zip: not a valid zip file",
    details: { error_msg: "Invalid function code." },
  };
  await expect(checkArchive(zip.subarray(0, 200), defaultLimits)).rejects.toMatchObject(refusal);
  await expect(checkArchive(zip, { ...defaultLimits, maxUnpacked: 10 })).rejects.toMatchObject({
    code: "FSS.1011",
  });
});

it("tells a ZIP file from source text", () => {
  expect(looksLikeZip(zip)).toBe(true);
  expect(looksLikeZip(Buffer.concat([Buffer.from("#!/usr/bin/env python3\n"), zip]))).toBe(true);
  expect(looksLikeZip(Buffer.from("PKI = 1"))).toBe(false);
  expect(looksLikeZip(Buffer.from(`end = "PK\\u0005\\u0006"  # ${"x".repeat(30)}`))).toBe(false);
  expect(looksLikeZip(Buffer.from(`end = "PK\u0005\u0006${"\0".repeat(30)}"`))).toBe(false);
  expect(looksLikeZip(new Uint8Array())).toBe(false);
});
