import { cannot } from "./case.ts";

/** Why errors cannot be provoked: what the emulator leaves out. */
export const noVpcService = cannot(
  "No VPC service is asked: VPCs, subnets and their states are taken as given.",
);
export const noImageService = cannot(
  "No image registry is asked: every well-formed address leads to an image.",
);
export const noFileService = cannot(
  "No file service is asked: every file system exists, is ready and is shared by NFS.",
);
export const noEventSource = cannot(
  "No event source is asked: instances, topics, buckets, databases and what users may do there are taken as given.",
);
export const noPermissions = cannot(
  "There are no roles, policies and enterprise projects: whoever is in a project may do everything there.",
);
export const noAgencies = cannot(
  "No agency is asked: every name is that of an agency that allows what is needed.",
);
export const noOutage = cannot("It tells of a failure within the service, which the emulator does not have.");
export const foreignDependency = cannot(
  "A dependency is the project's own or public, and everybody may read and use public ones; others are not known to exist.",
);
