/** A mistake in the input, told in one message for the person who made it; never shown with a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Runs a command of this folder: a UserError ends it with its message and exit code 1, anything else is a defect and keeps its trace. */
export async function runCommand(command: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
