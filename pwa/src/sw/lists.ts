/** What the build injects, made by pwa/lists.ts. */
export interface Lists {
  version: string;
  first: readonly string[];
  own: readonly string[];
  rest: readonly string[];
  map: readonly string[];
}

/** Whether all of it is kept; "full": the phone has no room for it. */
export type Done = boolean | "full";

/** What the worker needs of the browser; tests give their own. */
export interface World {
  caches: CacheStorage;
  fetch: (request: Request) => Promise<Response>;
  /** `https://host`, without a slash at its end. */
  origin: string;
  /** Told as the app's page is given out: the phone's own data will be asked for in a moment. */
  starting?(path: string): void;
}
