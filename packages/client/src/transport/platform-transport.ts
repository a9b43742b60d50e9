/** Sends a request with the platform's fetch, whichever that is by then. */
export const transport = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);
