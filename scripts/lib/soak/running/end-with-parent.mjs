// Loaded into a process before its program: ends it when its standard input does, which is when whoever has started it is gone, even by
// SIGKILL. Its own children are then the business of the keeper, as they are whenever an emulator is killed.
process.stdin.on("close", () => process.kill(process.pid, "SIGKILL"));
process.stdin.on("error", () => undefined);
process.stdin.resume();
// The program ends when it is done, whether or not anybody is still there.
process.stdin.unref();
