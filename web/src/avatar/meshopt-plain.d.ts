/** The reference decoder of meshoptimizer (plain JavaScript); `vite.config.ts` says where it lies. */
declare module "meshopt-plain" {
  export const MeshoptDecoder: typeof import("meshoptimizer/decoder").MeshoptDecoder;
}
