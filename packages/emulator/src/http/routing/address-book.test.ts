import { describe, expect, it } from "vitest";
import { routes } from "../../generated/routes.ts";
import { AddressBook } from "./address-book.ts";
import { readTarget } from "./request-target.ts";
import { Router } from "./router.ts";

const router = new Router(routes);
const functions = "/v2/p1/fgs/functions";

describe("An address", () => {
  it.each([
    ["POST", `${functions}/urn:fss:eu-de:p1:function:default:hello/invocations`],
    ["GET", `${functions}?maxitems=5&marker=a%20b`],
    ["DELETE", `${functions}?maxitems=5`],
    ["GET", "/v2/nothing/here"],
    ["GET", `${functions}?${"long=1&".repeat(200)}`],
  ])("leads to the same again and again: %s %s", (method, url) => {
    const book = new AddressBook(router);
    const target = readTarget(url);
    const expected = { target, match: router.match(method, target.segments) };
    for (let time = 0; time < 3; time += 1) expect(book.find(method, url)).toEqual(expected);
  });

  it("leads elsewhere with another method", () => {
    const book = new AddressBook(router);
    const operations = ["GET", "POST", "GET", "PUT"].map((method) => {
      const { match } = book.find(method, functions);
      return match.kind === "route" ? match.route.id : match.kind;
    });
    expect(operations).toEqual(["listFunctions", "createFunction", "listFunctions", "method"]);
  });

  it("that cannot be read is refused each time", () => {
    const book = new AddressBook(router);
    for (let time = 0; time < 2; time += 1)
      expect(() => book.find("GET", `${functions}/%zz`)).toThrow("is not UTF-8 in percent-encoding");
  });
});

it("remembers a few short addresses of operations, and nothing else", () => {
  const book = new AddressBook(router);
  const isKnown = (url: string): boolean => {
    const before = book.find("GET", url);
    return book.find("GET", url) === before;
  };
  expect(isKnown(functions)).toBe(true);
  expect(isKnown("/v2/nothing/here")).toBe(false);
  expect(isKnown(`${functions}?marker=${"9".repeat(500)}`)).toBe(false);
  const first = book.find("GET", functions);
  for (let page = 0; page < 500; page += 1) book.find("GET", `${functions}?marker=${page}`);
  expect(book.find("GET", functions)).not.toBe(first);
});
