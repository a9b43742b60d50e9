/** The repository's root folder. */
export declare const root: string;
/** Ends the process with one sentence when this Node.js is too old. */
export declare function requireNode(version?: string): void;
/** Says why the dependencies must be installed, or nothing when they are in place. */
export declare function reasonToInstall(folder?: string): string | undefined;
/** Installs the dependencies when they are missing or outdated, and says so. */
export declare function ensureInstalled(): void;
