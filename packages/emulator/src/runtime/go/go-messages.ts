import { type GobShape, gobIds } from "./gob/gob-shape.ts";

/** Numbers of the types that the emulator sends. */
export const sentIds = { request: 65, invokeRequest: 66, healthCheckRequest: 69 } as const;

const header = 68;
const values = 67;

/** What is sent to a Go program: net/rpc's own header, and the arguments of the two methods. */
export const sentShapes: ReadonlyMap<number, GobShape> = new Map<number, GobShape>([
  [
    sentIds.request,
    {
      kind: "struct",
      name: "Request",
      fields: [
        { name: "ServiceMethod", id: gobIds.string },
        { name: "Seq", id: gobIds.uint },
      ],
    },
  ],
  [
    sentIds.invokeRequest,
    {
      kind: "struct",
      name: "InvokeRequest",
      fields: [
        { name: "Payload", id: gobIds.bytes },
        { name: "Header", id: header },
      ],
    },
  ],
  [values, { kind: "slice", name: "", element: gobIds.string }],
  [header, { kind: "map", name: "Header", key: gobIds.string, element: values }],
  [sentIds.healthCheckRequest, { kind: "struct", name: "HealthCheckRequest", fields: [] }],
]);
