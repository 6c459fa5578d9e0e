import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['node_modules/', 'src/api/schema.d.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-console': 'error',
      'svelte/no-navigation-without-resolve': 'off', // our own router; SvelteKit is not here
      'svelte/prefer-svelte-reactivity': 'off', // our Sets and URLs live within one function
      'max-lines': ['error', { max: 250, skipBlankLines: true }],
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
);
