export { ValidationError } from "./validation-error.ts";
