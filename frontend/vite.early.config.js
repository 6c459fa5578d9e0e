// What runs before anything is painted: one script without imports, which the server puts into its pages.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    outDir: '../revue/web/dist',
    emptyOutDir: false,
    target: 'es2022',
    rollupOptions: { input: 'src/early.ts', output: { format: 'iife', entryFileNames: 'early.js' } },
  },
});
