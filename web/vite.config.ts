import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.MULAKAT_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: {
      // Not among the package's named doors; the only decoder of its kind that needs no WebAssembly.
      "meshopt-plain": fileURLToPath(
        new URL("node_modules/meshoptimizer/meshopt_decoder_reference.js", import.meta.url),
      ),
    },
  },
  build: {
    outDir: "../mulakat/server/page",
    emptyOutDir: true,
    // The content security policy allows no inlined fonts, and the polyfill would only add weight.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The 3D library is one piece, loaded with the room only.
    chunkSizeWarningLimit: 1100,
  },
  server: {
    // The server refuses an Origin that is not its own; `changeOrigin` and the rewrite below keep dev working.
    proxy: {
      "/api": {
        target: server,
        ws: true,
        changeOrigin: true,
        configure(proxy) {
          proxy.on("proxyReq", (request) => request.setHeader("origin", server));
          proxy.on("proxyReqWs", (request) => request.setHeader("origin", server));
        },
      },
    },
  },
  test: { environment: "node", include: ["tests/**/*.test.ts"] },
});
