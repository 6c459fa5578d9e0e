// Builds the app once for each language, its texts written into it: none is loaded beside it.
import { build } from 'vite';

import { relativeTimes } from './ago.js';
import { manifestName } from './manifest.js';
import { languages, SOURCE } from './texts/catalogue.js';
import { inLanguage } from './texts/plugin.js';

for (const language of [SOURCE, ...languages()]) {
  const isFirst = language === SOURCE;
  await build({
    plugins: [inLanguage(language)],
    define: { __AGO__: JSON.stringify(relativeTimes(language)) },
    logLevel: 'warn',
    build: { manifest: manifestName(language), emptyOutDir: isFirst, copyPublicDir: isFirst },
  });
}
