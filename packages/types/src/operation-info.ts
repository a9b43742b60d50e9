/** How the pages of a list follow each other; `x-fg-pagination` of the description. */
export interface Pagination {
  /**
   * `marker`: the answer names the next position. `offset`: the next position is this one plus the page size.
   * `none`: the list comes whole.
   */
  readonly style: "marker" | "offset" | "none";
  /** Where position and page size go; absent with `none`. */
  readonly in?: "query" | "body";
  /** Parameter or body field that takes the position. */
  readonly position?: string;
  /** Parameter or body field that takes the page size. */
  readonly limit?: string;
  /** Response field with the items; dots go deeper, `$` is an array at the root. */
  readonly items: string;
  /** Response field with the next position. */
  readonly next?: string;
  /** Response field with the number of items in all. */
  readonly total?: string;
}

/** A server of an operation that lives elsewhere than the rest of the API. */
export interface Server {
  /** Address with variables in braces. */
  readonly url: string;
  readonly description: string;
  /** Default value of each variable. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The regions of one cloud in which an operation exists. */
export type Regions = "all" | "none" | readonly string[];

/** What a client needs to know in order to call an operation. */
export interface OperationInfo {
  readonly method: "GET" | "PUT" | "POST" | "DELETE" | "PATCH" | "HEAD" | "OPTIONS";
  /** Path with parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly deprecated: boolean;
  /** The operation to use instead of a deprecated one. */
  readonly replacement: string | null;
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly string[];
  readonly headerParameters: readonly string[];
  readonly requestBody: { readonly required: boolean; readonly contentTypes: readonly string[] } | null;
  /** Status of the usual success. */
  readonly successStatus: number;
  readonly successStatuses: readonly number[];
  /** Media types of the success bodies; empty when there is no body. */
  readonly responseContentTypes: readonly string[];
  readonly responseHeaders: readonly string[];
  readonly pagination: Pagination | null;
  /** Security schemes, any of which will do; empty when none is needed. */
  readonly authentication: readonly ("token" | "akSk")[];
  /** Null when the operation is at the servers of the API. */
  readonly servers: readonly Server[] | null;
  /** Where the operation exists; null when it exists everywhere. */
  readonly regions: { readonly hwc: Regions; readonly otc: Regions } | null;
  /**
   * Fields that hold passwords, keys or tokens: dots go deeper, lists are looked through, `*` is any name of
   * a map, `$` the whole body.
   */
  readonly secrets: {
    readonly request: readonly string[];
    readonly response: readonly string[];
    readonly responseHeaders: readonly string[];
  };
}
